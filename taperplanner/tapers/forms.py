"""The forms around a plan. The step table is not one of them: see `typed`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from taperplanner.days import short
from taperplanner.doses import Dose, Quantity
from taperplanner.fields import DayField, DoseField, PlainForm, QuantityField
from taperplanner.patients.fields import TextField
from taperplanner.patients.models import MedicationRecord, Patient

from .actions import PlanDetails, ProductDetails
from .models import Goal, Plan, State
from .models.plans import ENDS
from .products import MARKETED
from .reasons import OFFERED, Reason
from .schedule import DatedStep, Form

TYPED: Final = "typed"
TABLET_PARTS: Final = [
    ("1000", "Whole tablets only: it may not be split"),
    ("500", "Halves"),
    ("250", "Quarters"),
]


class PlanForm(PlainForm):
    goal = forms.ChoiceField(
        label="Goal",
        choices=Goal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the goal."},
    )
    reason = TextField(
        label="Why the dose is reduced",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        missing="Write why the dose is reduced.",
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

    def details(self) -> PlanDetails:
        data = self.cleaned_data
        return PlanDetails(Goal(data["goal"]), data["reason"], data["discussed"], data["agreed_by"])

    @staticmethod
    def values_of(plan: Plan) -> dict[str, Any]:
        return {
            "goal": plan.goal,
            "reason": plan.reason,
            "discussed": plan.discussed,
            "agreed_by": plan.agreed_by,
        }


class OpenPlanForm(PlanForm):
    """Starts with which medicine is tapered."""

    field_order = ["medication"]
    medication = forms.ModelChoiceField(
        queryset=MedicationRecord.objects.none(),
        label="Medicine to taper",
        empty_label="Choose from the medication list",
        error_messages={
            "required": "Choose the medicine to taper.",
            "invalid_choice": "Choose a medicine from this patient's list.",
        },
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["medication"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = patient.medications.taken().by_name()


class ProductForm(PlainForm):
    """A marketed strength chosen, or any product typed. What it may be split into is never preset."""

    marketed = forms.ChoiceField(label="Strength and form", widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label="Form, if typed",
        required=False,
        choices=[("", "Choose"), *((form.value, form.label) for form in Form)],
    )
    strength = DoseField(
        label="Strength in mg, if typed", required=False, help_text="In one tablet, or in one mL of a liquid."
    )
    tablet_part = forms.ChoiceField(
        label="A tablet: what may this maker's tablet be split into?",
        required=False,
        choices=TABLET_PARTS,
        widget=forms.RadioSelect,
        help_text="Read it off the label or the score line of the product the patient has. Makers differ.",
    )
    liquid_part = QuantityField(
        label="A liquid: the smallest amount that can be measured, in mL",
        required=False,
        help_text="The smallest mark on the syringe or cup the patient uses.",
    )
    maker = TextField(label="Maker", max_length=120)
    ndc = TextField(label="NDC", max_length=20)
    rxnorm = forms.RegexField(
        label="RxNorm code, if typed",
        regex=r"^[0-9]{1,20}$",
        required=False,
        error_messages={"invalid": "An RxNorm code is digits only."},
    )

    def __init__(self, *args: Any, drug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {marketed.key: marketed for marketed in MARKETED.get(drug, ())}
        choices = [(key, marketed.label) for key, marketed in self.offered.items()]
        field = self.fields["marketed"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [*choices, (TYPED, "Another product, typed below")]
        field.error_messages["required"] = "Choose a strength, or choose to type another product."

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        chosen = data.get("marketed")
        if chosen == TYPED:
            self._require("form", "Choose the form of the product.")
            self._require("strength", "Enter the strength in mg, as it stands on the label.")
            if data.get("strength") is not None and not data["strength"]:
                self.add_error("strength", "The strength must be more than zero.")
        form = self._form()
        if form is Form.LIQUID:
            self._require("liquid_part", "Enter the smallest amount that can be measured, in mL.")
            if data.get("liquid_part") is not None and not data["liquid_part"]:
                self.add_error("liquid_part", "The smallest amount must be more than zero.")
        elif form is not None:
            self._require("tablet_part", "Answer what this maker's tablet may be split into.")
        return data

    def details(self) -> ProductDetails:
        data = self.cleaned_data
        marketed = self.offered.get(data["marketed"])
        form = self._form()
        assert form is not None  # noqa: S101 - a valid form has one
        return ProductDetails(
            form=form,
            strength=marketed.strength if marketed else data["strength"],
            smallest_part=data["liquid_part"] if form is Form.LIQUID else Quantity(int(data["tablet_part"])),
            maker=data["maker"],
            ndc=data["ndc"],
            rxnorm=data["rxnorm"] or (marketed.rxnorm if marketed else ""),
        )

    def _form(self) -> Form | None:
        marketed = self.offered.get(self.cleaned_data.get("marketed", ""))
        if marketed:
            return marketed.form
        typed = self.cleaned_data.get("form")
        return Form(typed) if typed else None

    def _require(self, name: str, sentence: str) -> None:
        if name not in self.errors and self.cleaned_data.get(name) in {None, ""}:
            self.add_error(name, sentence)


class ReviseForm(PlainForm):
    """From which day on, and why, before the draft is opened."""

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
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed for another reason.",
    )

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
        }


class EndForm(PlainForm):
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

    def clean_state(self) -> State:
        return State(self.cleaned_data["state"])

    @staticmethod
    def values_of(plan: Plan) -> dict[str, Any]:
        return {"state": plan.state, "reason": plan.end_reason}


class CheckForm(PlainForm):
    """The daily dose of each step, typed by somebody who does not see what was signed."""

    def __init__(self, *args: Any, steps: Sequence[DatedStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for dated in steps:
            self.fields[f"dose-{dated.step.position}"] = DoseField(
                label=f"Step {dated.step.position}, {short(dated.first_day)} to {short(dated.last_day)}: daily dose in mg",
                error_messages={"required": "Enter the daily dose of this step."},
            )

    def typed(self) -> list[Dose]:
        return [self.cleaned_data[name] for name in self.fields]
