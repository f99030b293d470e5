"""Fields of a patient's record: each returns a clean value, or a sentence that says what to type."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from taperplanner.days import NotADay, without_weekday
from taperplanner.fields import DayField, TextField
from taperplanner.partial_days import is_after, parse_partial_day, partial_day_as_typed

from .names import NotAName, clean_mrn, clean_name

__all__ = [
    "MrnField", "NameField", "PartialDayField", "PastDayField", "TextField", "set_today",
]  # fmt: skip


class NameField(TextField):
    def to_python(self, value: Any) -> str:
        try:
            return clean_name(str(value or ""))
        except NotAName as problem:
            raise forms.ValidationError(str(problem)) from problem


class MrnField(TextField):
    def to_python(self, value: Any) -> str:
        try:
            return clean_mrn(str(value or ""))
        except NotAName as problem:
            raise forms.ValidationError(str(problem)) from problem


class PastDayField(DayField):
    """A date up to today, which the form sets."""

    today: date

    def __init__(self, *, missing: str = "", **kwargs: Any) -> None:
        super().__init__(required=bool(missing), **kwargs)
        if missing:
            self.error_messages["required"] = missing

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > self.today:
            raise forms.ValidationError(_in_the_future(self.today))


class PartialDayField(forms.Field):
    """A date, or only its month and year, or only its year, up to today. Returns `partial_days`."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    today: date

    def to_python(self, value: Any) -> str:
        try:
            return parse_partial_day(str(value)) if value not in self.empty_values else ""
        except NotADay as problem:
            raise forms.ValidationError(str(problem)) from problem

    def validate(self, value: Any) -> None:
        super().validate(value)
        if is_after(value, self.today):
            raise forms.ValidationError(_in_the_future(self.today))

    def prepare_value(self, value: Any) -> Any:
        """As typed where it was typed; from the record, month first."""
        is_from_record = isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value)
        return partial_day_as_typed(value) if is_from_record else value


def set_today(form: forms.Form, today: date) -> None:
    """Tell the fields that know no future what day it is at the clinic."""
    for field in form.fields.values():
        if isinstance(field, PastDayField | PartialDayField):
            field.today = today


def _in_the_future(today: date) -> str:
    return f"This is after today, {without_weekday(today)}. Check the year."
