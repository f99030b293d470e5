"""Whether a number of tablets, or mL, can be counted or measured of a product. No refusal names a number of its own."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from taperplanner.doses import Quantity
from taperplanner.fields import QuantityField
from taperplanner.tapers.schedule.schedule import ScheduleProduct, Unit

_PARTS: Final = {
    1000: "is not split, so only whole tablets can be counted",
    500: "is split into halves and no smaller, so only whole and half tablets can be counted",
    250: "is split into quarters and no smaller, so only wholes, halves and quarters can be counted",
}


def why_not(product: ScheduleProduct, quantity: Quantity) -> str:
    """A sentence for the page; empty where it can be counted."""
    if quantity.is_multiple_of(product.smallest_part):
        return ""
    if product.form.unit is Unit.DROP:
        return ""  # mL are typed, and each thousandth of a mL is exact
    if product.form.unit is Unit.TABLET:
        return (
            f"{product.name} {_PARTS[product.smallest_part.thousandths]}. Check the number and the product."
        )
    return (
        f"This is not a multiple of the smallest amount that was confirmed for {product.name}."
        " Check the number and the product."
    )


class CountedField(QuantityField):
    """Tablets or mL of one product: a multiple of its smallest part, or a sentence. Of drops, those of the mL typed."""

    def __init__(self, *, product: ScheduleProduct, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.product = product

    def to_python(self, value: Any) -> Quantity | None:
        typed = super().to_python(value)
        return None if typed is None else self.product.of_bottle(typed)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and (wrong := why_not(self.product, value)):
            raise forms.ValidationError(wrong)
