"""Which days the registry is asked for, and whether with names."""

from __future__ import annotations

from typing import Any

from django import forms

from taperplanner.fields import DayField
from taperplanner.forms import PlainForm

from .reading import DateRange


class RegistryForm(PlainForm):
    first_day = DayField(
        label="From", error_messages={"required": "Enter the first day, for example 01/01/2026."}
    )
    last_day = DayField(
        label="To", error_messages={"required": "Enter the last day, for example 03/31/2026."}
    )
    names = forms.BooleanField(
        label="With names, dates of birth and MRNs",
        required=False,
        help_text="Only where they are needed. The audit log records that they were shown.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "This is before the first day. Check the two dates.")
        return data

    @property
    def days(self) -> DateRange:
        return DateRange(self.cleaned_data["first_day"], self.cleaned_data["last_day"])

    @property
    def with_names(self) -> bool:
        return bool(self.cleaned_data["names"])
