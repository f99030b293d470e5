"""The forms around a plan. The step table is not one of them: see `typed`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from taperplanner.far_days import QUARTER, Near
from taperplanner.fields import DayField, PastDayField, TextField, set_today
from taperplanner.forms import AsksAboutFarDays, PlainForm
from taperplanner.patients.models import MedicationRecord, Patient

from ..actions import PlanDetails
from ..models import Draft, Goal, Plan, State
from ..models.plans import ENDS
from ..schedule.reasons import OFFERED, Reason


class PlanForm(PlainForm):
    goal = forms.ChoiceField(
        label="Goal",
        choices=Goal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the goal."},
    )
    started_for = TextField(
        label="What it is started for, or what it bridges",
        max_length=300,
        help_text="Only of a plan that starts or bridges, for example “Bridge with diazepam while clonazepam goes down”.",
    )
    reason = TextField(
        label="Why the dose is changed",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        missing="Write why the dose is changed.",
    )
    discussed = TextField(
        label="What was discussed with the patient",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Benefits and risks, what to expect, what to do when it gets hard, other help offered.",
    )
    agreed_by = TextField(
        label="Who agreed to the plan",
        max_length=200,
        help_text="The patient, and anyone who cares for them, as they would be named in the record.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        starts, text = data.get("goal") == Goal.START, data.get("started_for")
        if starts and text == "":
            self.add_error("started_for", "Write what the medicine is started for, or what it bridges.")
        if data.get("goal") and not starts and text:
            self.add_error(
                "started_for",
                "Only a plan that starts or bridges has this. Take it out, or choose “Start or bridge”.",
            )
        return data

    def details(self) -> PlanDetails:
        data = self.cleaned_data
        return PlanDetails(
            Goal(data["goal"]), data["reason"], data["discussed"], data["agreed_by"], data["started_for"]
        )

    @staticmethod
    def values_of(plan: Plan) -> dict[str, Any]:
        return {
            "goal": plan.goal,
            "started_for": plan.started_for,
            "reason": plan.reason,
            "discussed": plan.discussed,
            "agreed_by": plan.agreed_by,
        }


class OpenPlanForm(PlanForm):
    """Asks first which medicine it is for."""

    field_order = ["medication"]
    medication = forms.ModelChoiceField(
        queryset=MedicationRecord.objects.none(),
        label="Medicine of this plan",
        empty_label="Choose from the medication list",
        help_text="One that is to be started is put on the medication list first.",
        error_messages={
            "required": "Choose the medicine of this plan.",
            "invalid_choice": "Choose a medicine from this patient's list.",
        },
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["medication"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = patient.medications.taken().by_name()

    def new_plan(self) -> dict[str, Any]:
        """What `open_plan` takes."""
        return {"medication": self.cleaned_data["medication"], "details": self.details()}


class ReviseForm(AsksAboutFarDays, PlainForm):
    """The first day and the reason of a revision, asked before its draft opens."""

    first_day = DayField(
        label="First day of the revision",
        help_text="What is in force now applies up to the day before.",
        error_messages={"required": "Enter the first day of the revision."},
    )
    reason = forms.ChoiceField(
        label="Why is the schedule revised?",
        choices=[(reason.value, reason.label) for reason in OFFERED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the schedule is revised."},
    )
    explanation = TextField(
        label="In your own words",
        max_length=500,
        not_asked="the draft that it opens asks, and keeps the answer with the signature",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed for another reason.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_about_far_days({"first_day": Near("today", today, before=QUARTER, after=QUARTER)})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("reason") == Reason.OTHER and not data.get("explanation"):
            self.add_error("explanation", "Write the other reason for the revision.")
        return data

    def revision(self) -> dict[str, Any]:
        """What `start_revision` takes. The day goes on as it was typed."""
        data = self.cleaned_data
        return {
            "first_day": data["first_day"],
            "typed_day": self.data["first_day"].strip(),
            "reason": Reason(data["reason"]),
            "explanation": data["explanation"],
            "far_reason": self.far_reasons.get("first_day", ""),
        }


class EndForm(AsksAboutFarDays, PlainForm):
    state = forms.ChoiceField(
        label="How did the plan end?",
        choices=[(state.value, state.label) for state in ENDS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the plan ended."},
    )
    reason = TextField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        missing="Write why the plan ended.",
    )
    stopped_on = PastDayField(
        label="Last day on which the patient followed this plan",
        help_text="Ask the patient: it may lie in the past. What the plan says for later days is not counted as taken. Leave it"
        " empty only for a plan that was never followed.",
    )

    def __init__(self, *args: Any, today: date, is_signed: bool, **kwargs: Any) -> None:
        """`is_signed`: some version of it could be followed. Otherwise there is no last day to ask for."""
        super().__init__(*args, **kwargs)
        self.far_fields = {}
        if not is_signed:
            del self.fields["stopped_on"]
            return
        set_today(self, today)
        self.ask_about_far_days({"stopped_on": Near("today", today, before=QUARTER)})

    def clean_state(self) -> State:
        return State(self.cleaned_data["state"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        was_followed = data.get("state") in {State.COMPLETED, State.DISCONTINUED}
        if was_followed and "stopped_on" in data and not data["stopped_on"]:
            self.add_error("stopped_on", "Enter the last day on which the patient followed this plan.")
        return data

    def answers(self) -> dict[str, Any]:
        """Of a valid form: what `end_plan` takes."""
        data = self.cleaned_data
        return {
            "state": data["state"],
            "reason": data["reason"],
            "stopped_on": data.get("stopped_on"),
            "far_reason": self.far_reasons.get("stopped_on", ""),
        }

    @staticmethod
    def values_of(plan: Plan) -> dict[str, Any]:
        return {"state": plan.state, "reason": plan.end_reason, "stopped_on": plan.stopped_on}


class DiscardForm(PlainForm):
    """Has no field but the revision of the page, so that a draft which changed meanwhile is not discarded unseen."""

    @staticmethod
    def values_of(_: Draft) -> dict[str, Any]:
        return {}
