"""What is typed of somebody's work here, and of a leave. Nothing is filled in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, Final

from django import forms

from taperplanner.fields import DayField, LineField
from taperplanner.forms import PlainForm

from .actions.work import ENDS_FIRST, NO_WHY, WITHOUT_STATE
from .details import WorkTyped
from .models import User
from .npi import why_no_npi
from .work import LONGEST_LICENSE, LONGEST_STATE, LONGEST_WHY

LONGEST_LEAVE_DAYS: Final = 731
TOO_LONG: Final = (
    "This is more than two years. Check the year, or have a manager type a last day of work instead."
)


class WorkForm(PlainForm):
    license = LineField(
        label="License",
        max_length=LONGEST_LICENSE,
        required=False,
        not_asked="the number of a license",
        help_text="As it stands on it. Only managers see it.",
    )
    license_state = LineField(
        label="State of the license",
        max_length=LONGEST_STATE,
        required=False,
        not_asked="the name of a state",
        help_text="For example Ohio or OH.",
    )
    npi = LineField(
        label="NPI",
        max_length=20,
        required=False,
        not_asked="a number with a check digit",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="10 digits. Its check digit is checked; whose it is, is not.",
    )
    works_until = DayField(
        label="Last day of work here",
        required=False,
        help_text="From the day after it they cannot sign or check, and what is theirs stands on the worklist."
        " Leave it empty while no end is known.",
    )

    def clean_npi(self) -> str:
        npi: str = self.cleaned_data["npi"]
        if npi and (why := why_no_npi(npi)):
            raise forms.ValidationError(why)
        return npi

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("license")) != bool(cleaned.get("license_state")):
            self.add_error("license_state" if cleaned.get("license") else "license", WITHOUT_STATE)
        return cleaned

    @property
    def typed(self) -> WorkTyped:
        return WorkTyped(**self.cleaned_data)

    @staticmethod
    def values_of(user: User) -> dict[str, Any]:
        return asdict(WorkTyped.of(user))


class LeaveForm(PlainForm):
    first_day = DayField(label="First day", error_messages={"required": "Enter the first day of the leave."})
    last_day = DayField(label="Last day", error_messages={"required": "Enter the last day of the leave."})
    why = LineField(
        label="Why",
        max_length=LONGEST_WHY,
        missing=NO_WHY,
        help_text="For example “vacation”. Managers see it, colleagues do not.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last_day", ENDS_FIRST)
            elif (last - first).days > LONGEST_LEAVE_DAYS:
                self.add_error("last_day", TOO_LONG)
        return cleaned
