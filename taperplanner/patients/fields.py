"""The fields of who a patient is, their names and their record number, and of what they take."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms

from taperplanner.days import NotADay
from taperplanner.fields import DayField, LineField, TextField, ToAsk

from .births import Birth, parse_birth
from .vocabulary.groups import groups_in

_MRN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./#_-]*")


class NameField(LineField):
    not_asked = "a name, from which nobody reads a dose"

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if name and not any(character.isalpha() for character in name):
            raise forms.ValidationError("A name has at least one letter. Type it in letters.")
        return name


class MrnField(LineField):
    """Plain characters only: two numbers that look alike are the same number."""

    not_asked = "the number of a chart"

    def to_python(self, value: Any) -> str:
        mrn = super().to_python(value)
        if mrn and not _MRN.fullmatch(mrn):
            raise forms.ValidationError("Enter the MRN in the letters A to Z, digits, and - . / # _ only.")
        return mrn


class BirthField(forms.Field):
    """A date of birth, or its year alone, in one text box. Returns a Birth."""

    widget = DayField.widget

    def to_python(self, value: Any) -> Birth | None:
        if value in self.empty_values or isinstance(value, Birth):
            return value or None
        try:
            return parse_birth(str(value))
        except NotADay as problem:
            raise forms.ValidationError(str(problem)) from problem

    def prepare_value(self, value: Any) -> Any:
        return value.as_typed if isinstance(value, Birth) else value


class MedicinesField(TextField):
    """A text that names medicines: a word for a group of them is asked about too."""

    def to_ask(self, text: str) -> list[ToAsk]:
        return [*super().to_ask(text), *groups_in(text)]
