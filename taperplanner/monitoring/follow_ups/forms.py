"""The forms of follow-ups. Every date and every number of days is typed; nothing is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from crispy_forms.layout import Div, Layout
from django import forms

from taperplanner.accounts.models import Clinic, User
from taperplanner.days import in_words, short, without_weekday
from taperplanner.far_days import YEAR, Near
from taperplanner.fields import DayField, TextField, WholeNumberField
from taperplanner.forms import AsksAboutFarDays, PlainForm

from ..guard import GUARD
from ..models import FollowUp, Status
from .actions import FollowUpDetails, Moved
from .due import StepLink

ON_A_DATE: Final = "date"
WITH_EACH_STEP: Final = "steps"
KEEP: Final = "keep"
CANCEL: Final = "cancel"
LONGEST_OFFSET: Final = 999


class FollowUpForm(AsksAboutFarDays, PlainForm):
    due_on = DayField(
        label="Due on",
        error_messages={"required": "Enter the date, for example 11/23/2026."},
    )
    purpose = TextField(
        max_length=200,
        label="What for",
        missing="Write what the contact is for, for example “phone call: sleep and mood”.",
        help_text="For example “phone call: sleep and mood”.",
    )
    assigned_to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who does it",
        empty_label="Choose",
        error_messages={"required": "Choose who does it.", "invalid_choice": "Choose somebody on the list."},
    )

    def __init__(self, *args: Any, clinic: Clinic, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        _offer_colleagues(self.fields["assigned_to"], clinic, today)
        self.ask_about_far_days({"due_on": Near("today", today, after=YEAR)})
        self.helper.layout = Layout(GUARD, *self.fields)

    def clean_due_on(self) -> date | None:
        """A date that stood there already may stay, however long ago it is."""
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on < self.today and due_on != self.initial.get("due_on"):
            raise forms.ValidationError(
                f"This is before today, {without_weekday(self.today)}. Check the date."
            )
        return due_on

    @property
    def day(self) -> date:
        day: date = self.cleaned_data["due_on"]
        return day

    @property
    def details(self) -> FollowUpDetails:
        data, why = self.cleaned_data, self.far_reasons.get("due_on", "")
        return FollowUpDetails(data["purpose"], data["assigned_to"], far_reason=why)

    @staticmethod
    def values_of(follow_up: FollowUp) -> dict[str, Any]:
        return {
            "due_on": follow_up.due_on,
            "purpose": follow_up.purpose,
            "assigned_to": follow_up.assigned_to_id,
        }


class AddFollowUpForm(FollowUpForm):
    """On one date, or with each step of what is signed."""

    field_order = ["when", "due_on", "offset_days", "purpose", "assigned_to"]
    when = forms.ChoiceField(
        label="When",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a date, or with each step."},
    )
    offset_days = WholeNumberField(
        lowest=0,
        highest=LONGEST_OFFSET,
        wrong="Enter a whole number of days, zero or more and below one thousand.",
        label="Days after each step begins",
        help_text="With each step only. Zero is the first day of the step. Steps whose day has passed get none.",
    )

    def __init__(self, *args: Any, has_steps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        when = self.fields["when"]
        assert isinstance(when, forms.ChoiceField)  # noqa: S101
        when.choices = [(ON_A_DATE, "On a date")]
        if has_steps:
            when.choices = [*when.choices, (WITH_EACH_STEP, "With each step of the signed schedule")]
        else:
            del self.fields["offset_days"]
        self.fields["due_on"].required = False
        self.fields["due_on"].label = "Due on (if on a date)" if has_steps else "Due on"
        self.helper.layout = Layout(GUARD, *self.fields)

    @property
    def is_with_steps(self) -> bool:
        return bool(self.cleaned_data["when"] == WITH_EACH_STEP)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        when, due_on, offset = data.get("when"), data.get("due_on"), data.get("offset_days")
        if when == ON_A_DATE:
            if due_on is None and "due_on" not in self.errors:
                self.add_error("due_on", "Enter the date, for example 11/23/2026.")
            if offset is not None:
                self.add_error("offset_days", "Leave this empty, or choose “with each step”.")
        if when == WITH_EACH_STEP:
            if offset is None and "offset_days" not in self.errors:
                self.add_error("offset_days", "Enter the number of days after the step begins.")
            if due_on is not None:
                self.add_error("due_on", "Leave this empty, or choose “on a date”.")
        return data


class SettleForm(PlainForm):
    status = forms.ChoiceField(
        label="Outcome",
        choices=[(Status.DONE, "Done"), (Status.MISSED, "Missed"), (Status.CANCELLED, "Cancelled")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was done, missed or cancelled."},
    )
    reason = TextField(
        max_length=300, label="Note", help_text="Required when it is cancelled: why. Optional otherwise."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(GUARD, *self.fields)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("status") == Status.CANCELLED and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Write why it is cancelled.")
        return data

    @property
    def outcome(self) -> Status:
        return Status(self.cleaned_data["status"])

    @property
    def note(self) -> str:
        return str(self.cleaned_data["reason"])

    @staticmethod
    def values_of(follow_up: FollowUp) -> dict[str, Any]:
        return {"status": follow_up.status, "reason": follow_up.reason}


class MovedForm(PlainForm):
    """For each follow-up whose step was moved, a question. One that is left unanswered is asked again."""

    def __init__(
        self, *args: Any, rows: Sequence[tuple[FollowUp, Sequence[StepLink]]], **kwargs: Any
    ) -> None:
        """`rows`: each follow-up with the steps that it could go with."""
        super().__init__(*args, **kwargs)
        self.rows = rows
        layout: list[Any] = [GUARD]
        for follow_up, steps in rows:
            what, reason = _names(follow_up)
            choices = [
                ("", "Not decided yet"),
                (KEEP, f"Keep {in_words(follow_up.due_on)}"),
                *((one.name, _move(one)) for one in steps),
                (CANCEL, "Cancel it"),
            ]
            label = f"{follow_up.purpose}, due {short(follow_up.due_on)}, with step {follow_up.step_position}"
            self.fields[what] = forms.ChoiceField(
                label=f"{label} of version {follow_up.version_number}", choices=choices, required=False
            )
            self.fields[reason] = TextField(max_length=300, label="If it is cancelled, why")
            layout.append(Div(what, reason, css_class="moved"))
        self.helper.layout = Layout(*layout)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        for follow_up, _ in self.rows:
            what, reason = _names(follow_up)
            if data.get(what) == CANCEL and not data.get(reason):
                self.add_error(reason, "Write why it is cancelled.")
            elif data.get(what) != CANCEL and data.get(reason):
                self.add_error(what, "Choose “Cancel it” to go with the reason, or take the reason out.")
        if not self.errors and not any(data.get(_names(follow_up)[0]) for follow_up, _ in self.rows):
            self.add_error(None, "Decide at least one of them.")
        return data

    @property
    def decisions(self) -> dict[FollowUp, Moved]:
        decided = {}
        for follow_up, steps in self.rows:
            what, reason = (self.cleaned_data[name] for name in _names(follow_up))
            if what:
                step = next((one for one in steps if one.name == what), None)
                decided[follow_up] = Moved(follow_up.revision, step, reason)
        return decided


def _names(follow_up: FollowUp) -> tuple[str, str]:
    return f"what_{follow_up.number}", f"reason_{follow_up.number}"


def _move(link: StepLink) -> str:
    step = link.step
    which = f"step {step.dated.step.position} of version {step.version.number}"
    return f"Move with {which}, which begins {short(step.first_day)}: due {in_words(link.due_on)}"


def _offer_colleagues(field: forms.Field, clinic: Clinic, today: date) -> None:
    """Offer those of the clinic who see patients, who are on leave too: it may be due after it. Nobody is chosen beforehand."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    people = clinic.users.working_on(today).by_name()
    field.queryset = people.filter(is_provider=True) | people.filter(is_staff=True)
