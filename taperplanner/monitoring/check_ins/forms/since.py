"""What is asked about the time since the last contact: alcohol, opioids, other substances, and new or changed medicines."""

from __future__ import annotations

from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Div, Field
from django import forms
from django.urls import reverse_lazy

from taperplanner.fields import TextField
from taperplanner.patients.concerns import DOCUMENTED
from taperplanner.patients.fields import MedicinesField
from taperplanner.patients.models import Answer

from .scores import NOT_ASKED

NEW_MEDICINES: Final = "new_medicines"
ASKED_SINCE: Final = {
    "alcohol": "Alcohol since the last contact",
    "opioids": "Opioids since the last contact",
    "substances": "Other substances since the last contact",
    NEW_MEDICINES: "New or changed medicines since the last contact",
}
# What the sources say to a medicine is asked for again while its name is typed.
_ASKS_AGAIN: Final = {
    "hx-post": reverse_lazy("monitoring:new_medicines"),
    "hx-trigger": "input changed delay:400ms",
    "hx-target": "#new-medicines",
    "hx-params": f"{NEW_MEDICINES}_note,csrfmiddlewaretoken",
    "hx-sync": "this:replace",
}
_SAID: Final = '{% include "monitoring/_new_medicines.html" with named=form.named only %}'


def since_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for name, label in ASKED_SINCE.items():
        fields[name] = forms.ChoiceField(
            label=label, choices=[NOT_ASKED, *Answer.choices], widget=forms.RadioSelect, required=False
        )
        kind = MedicinesField if name == NEW_MEDICINES else TextField
        fields[f"{name}_note"] = kind(max_length=300, label=f"{label}: what, and how much")
    return fields


def since_rows(drug: str) -> list[Any]:
    """`drug`: the one that is tapered. Of another than the documented one the sources say nothing."""
    return [
        Div(InlineRadios(name), *_with_what_is_said(name))
        if name == NEW_MEDICINES and drug.casefold() == DOCUMENTED
        else Div(InlineRadios(name), Field(f"{name}_note"))
        for name in ASKED_SINCE
    ]


def _with_what_is_said(name: str) -> tuple[Any, Any]:
    return Field(f"{name}_note", **_ASKS_AGAIN), Div(HTML(_SAID), css_id="new-medicines", aria_live="polite")
