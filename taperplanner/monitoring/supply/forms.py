"""What was dispensed or counted: product, number and date, each chosen or typed. No number is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from taperplanner.far_days import Near
from taperplanner.fields import PastDayField, QuantityField, TextField, set_today
from taperplanner.forms import AsksAboutFarDays, PlainForm
from taperplanner.tapers.models import Product
from taperplanner.tapers.schedule.schedule import full_names

from ..downtime.forms import FromPaperMixin, paper_fields
from ..models import Dispensing
from .actions import CountDetails, DispensingDetails
from .balance import NOTHING
from .counted import why_not
from .questions import AskingForm

WHEN: Final = (
    ("before", "Before that day’s doses, or between them"),
    ("after", "After all of that day’s doses"),
)
DROPS_IN_ML: Final = "Of drops, the mL in the bottle."
GONE: Final = ("lost", "returned", "destroyed")


class ProductForm(AsksAboutFarDays, AskingForm):
    """Of one product of the plan on one `day`. `counted`: the fields that hold a number of it."""

    day: str = "dispensed_on"
    counted: tuple[str, ...] = ("quantity",)
    product = forms.ChoiceField(
        label="Product", widget=forms.RadioSelect, error_messages={"required": "Choose the product."}
    )

    def __init__(
        self, *args: Any, products: Sequence[Product], today: date, near: Near | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.products = {str(product.number): product for product in products}
        field = self.fields["product"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = list(full_names(product.as_data() for product in products).items())
        set_today(self, today)
        self.ask_about_far_days({self.day: near})

    def clean(self) -> dict[str, Any]:
        product = self.products.get(self.cleaned_data.get("product", ""))
        for name in self.counted if product else ():
            typed = self.cleaned_data.get(name)
            if product is None or not typed:
                continue
            quantity = self.cleaned_data[name] = product.as_data().of_bottle(typed)
            if wrong := why_not(product.as_data(), quantity):
                self.add_error(name, wrong)
        return self.cleaned_data


class DispensingForm(ProductForm):
    quantity = QuantityField(
        label="How many tablets, or mL",
        help_text=DROPS_IN_ML,
        error_messages={"required": "Enter how many were dispensed."},
    )
    dispensed_on = PastDayField(label="Dispensed on", missing="Enter the month, the day and the year.")

    def clean_quantity(self) -> Any:
        quantity = self.cleaned_data["quantity"]
        if not quantity:
            raise forms.ValidationError("Enter how many were dispensed.")
        return quantity

    @property
    def details(self) -> DispensingDetails:
        data = self.cleaned_data
        product = self.products[data["product"]]
        return DispensingDetails(
            product,
            data["quantity"],
            data["dispensed_on"],
            far_reason=self.far_reasons.get(self.day, ""),
            answered=self.answered,
        )


class NewDispensingForm(FromPaperMixin, DispensingForm):
    """One that may have stood on a down-time form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= paper_fields()


class CorrectDispensingForm(DispensingForm):
    field_order = ["why", "product", "quantity", "dispensed_on"]
    why = TextField(max_length=300, label="What was wrong", missing="Write what was wrong.")

    def clean_quantity(self) -> Any:
        quantity = self.cleaned_data["quantity"]
        if not quantity:
            raise forms.ValidationError("If nothing was dispensed, mark it as entered in error instead.")
        return quantity

    @staticmethod
    def values_of(dispensing: Dispensing) -> dict[str, Any]:
        """Without the number: it is typed again, so that a wrong one is not overlooked."""
        return {"product": str(dispensing.product.number), "dispensed_on": dispensing.dispensed_on}


class CountForm(ProductForm):
    day = "counted_on"
    counted = ("left", *GONE)
    counted_on = PastDayField(label="Counted on", missing="Enter the month, the day and the year.")
    moment = forms.ChoiceField(
        label="Counted",
        choices=WHEN,
        widget=forms.RadioSelect,
        help_text="If nobody knows, choose before.",
        error_messages={"required": "Choose whether that day’s doses were taken when it was counted."},
    )
    left = QuantityField(
        label="Left at home: tablets, or mL",
        help_text=f"Everything of this product that can still be taken, old and new bottles. {DROPS_IN_ML}",
        error_messages={"required": "Enter how much was left."},
    )
    lost = QuantityField(label="Lost", required=False)
    returned = QuantityField(label="Returned to the pharmacy or the clinic", required=False)
    destroyed = QuantityField(label="Destroyed", required=False)
    reason = TextField(
        max_length=300,
        label="What happened",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Required if something was lost, returned or destroyed.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if any(data.get(name) for name in GONE) and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Write how it was lost, returned or destroyed.")
        return data

    @property
    def details(self) -> CountDetails:
        data = self.cleaned_data
        return CountDetails(
            product=self.products[data["product"]],
            counted_on=data["counted_on"],
            is_after_doses=data["moment"] == "after",
            left=data["left"],
            **{name: data[name] or NOTHING for name in GONE},
            reason=data["reason"],
            far_reason=self.far_reasons.get(self.day, ""),
            answered=self.answered,
        )


class ShortfallForm(PlainForm):
    text = TextField(
        max_length=500,
        label="Explanation",
        missing="Write an explanation.",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who was asked, what is known, and what was decided.",
    )
