"""What was dispensed: product, count and date, each chosen or typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from taperplanner.fields import PlainForm, QuantityField
from taperplanner.patients.fields import PastDayField, TextField, set_today
from taperplanner.tapers.models import Product
from taperplanner.tapers.schedule import full_names

from ..actions.supply import DispensingDetails
from ..models import Dispensing


class DispensingForm(PlainForm):
    product = forms.ChoiceField(
        label="Product", widget=forms.RadioSelect, error_messages={"required": "Choose the product."}
    )
    quantity = QuantityField(
        label="How many tablets, or mL",
        error_messages={"required": "Enter how many were dispensed, for example 28."},
    )
    dispensed_on = PastDayField(label="Dispensed on", missing="Enter the date, for example 11/23/2026.")

    def __init__(self, *args: Any, products: Sequence[Product], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = {str(product.number): product for product in products}
        field = self.fields["product"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = list(full_names(product.as_data() for product in products).items())
        set_today(self, today)

    @property
    def details(self) -> DispensingDetails:
        data = self.cleaned_data
        return DispensingDetails(self.products[data["product"]], data["quantity"], data["dispensed_on"])


class CorrectDispensingForm(DispensingForm):
    field_order = ["why", "product", "quantity", "dispensed_on"]
    why = TextField(max_length=300, label="What was wrong", missing="Write what was wrong.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].help_text = "0 if it was not dispensed."

    @staticmethod
    def values_of(dispensing: Dispensing) -> dict[str, Any]:
        return {
            "product": str(dispensing.product.number),
            "quantity": dispensing.product.as_data().written(dispensing.quantity),
            "dispensed_on": dispensing.dispensed_on,
        }
