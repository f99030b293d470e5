"""Form fields of this room: whole numbers, what is counted of a product, and somebody of the clinic."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from taperplanner.accounts.models import Clinic
from taperplanner.fields import QuantityField
from taperplanner.tapers.schedule import ScheduleProduct

from .supply.counted import why_not


class WholeNumberField(forms.Field):
    """A whole number in a text box, from `lowest` to `highest`. A number outside is a slip, and is said.

    `wrong` says it in words, where a figure would stand beside a count or a length of days.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(
        self, *, lowest: int, highest: int, missing: str = "", wrong: str = "", **kwargs: Any
    ) -> None:
        super().__init__(required=bool(missing), **kwargs)
        self.lowest, self.highest = lowest, highest
        self.wrong = wrong or f"Enter a whole number from {lowest} to {highest}."
        if missing:
            self.error_messages["required"] = missing

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"0|[1-9][0-9]{0,5}", text) or not self.lowest <= int(text) <= self.highest:
            raise forms.ValidationError(self.wrong)
        return int(text)


class CountedField(QuantityField):
    """Tablets or mL of one product: a multiple of its smallest part, or a sentence."""

    def __init__(self, *, product: ScheduleProduct, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.product = product

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and (wrong := why_not(self.product, value)):
            raise forms.ValidationError(wrong)


def set_colleagues(field: forms.Field, clinic: Clinic) -> None:
    """Offer those of the clinic who see patients. Nobody is chosen beforehand."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    people = clinic.users.active().by_name()
    field.queryset = people.filter(is_provider=True) | people.filter(is_staff=True)
