"""The forms of the medication list."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from functools import cached_property
from typing import Any, Final

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils.safestring import SafeString

from taperplanner.fields import (
    LineField,
    PartialDayField,
    TextField,
    set_today,
)
from taperplanner.forms import PlainForm
from taperplanner.partial_days import EXAMPLES
from taperplanner.safe_spelling import find_unsafe, with_one_meaning

from ..births import Birth
from ..details import MedicationDetails
from ..fields import NameField
from ..models import Answer, Kind, MedicationRecord, Use
from ..vocabulary.near import Near, corrected, near_misses
from .filing import Completion, Filing, completions, every_name, filed, near_drugs, near_miss_sentence
from .which import AsksWhich

ELSE: Final = "else"
GUARDED: Final = ("name", "strength", "form", "directions")  # what another clinician reads a dose from
OFFERED: Final = "asked about below, where the safe spelling is offered"


class FilingForm(AsksWhich, PlainForm):
    """A name, and the one question that is asked only where the vocabulary does not know it."""

    name = NameField(
        max_length=120,
        not_asked=OFFERED,
        label="Name",
        missing="Enter the name, as on the label or as the patient says it.",
        help_text="As on the label, or as the patient says it.",
        widget=forms.TextInput(
            attrs={
                "list": "medication-names",
                "autocomplete": "off",
                "hx-get": reverse_lazy("patients:vocabulary"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#filing",
                "hx-sync": "this:replace",
                "hx-include": "#filing",
            }
        ),
    )
    meant = forms.ChoiceField(label="", widget=forms.RadioSelect, required=False)
    sedates = forms.ChoiceField(
        label="Does it sedate?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Does it make people sleepy, or slow them down?",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_which(self.typed_name)
        field = self.fields["meant"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.label = f"{near_drugs(self.typed_name)}?"
        field.choices = [
            *((near.spelling, f"Yes: {_named(near)}") for near in self.near),
            (ELSE, f"No: “{self.typed_name}” is something else"),
        ]

    @cached_property
    def near(self) -> tuple[Near, ...]:
        """What a name that the vocabulary does not know may be a slip of."""
        return near_misses(self.typed_name)

    @property
    def typed_name(self) -> str:
        return str(self["name"].value() or "").strip()

    @cached_property
    def filing(self) -> Filing | None:
        return filed(self.typed_name)

    @property
    def completions(self) -> list[Completion]:
        return completions(self.typed_name)

    @property
    def every_name(self) -> SafeString:
        return every_name()


class MedicationForm(FilingForm):
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Usual for this name"), *Kind.choices], required=False
    )
    strength = LineField(
        max_length=60,
        not_asked=OFFERED,
        label="Strength",
        help_text="As on the label.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form = LineField(
        max_length=60,
        not_asked=OFFERED,
        label="Form",
        help_text="Tablet, liquid, patch …",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    directions = TextField(
        max_length=500,
        not_asked=OFFERED,
        label="Directions as written",
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text="Word for word, as on the label or as the patient says it.",
    )
    use_safe_spelling = forms.BooleanField(label="Use the safe spelling", required=False)
    spelling_reason = LineField(
        max_length=200,
        not_asked="it may quote the spelling that it keeps",
        label="Or say why it stays as it is",
        help_text="For example: copied from the label.",
    )
    use = forms.ChoiceField(label="How it is taken", choices=Use.choices, widget=forms.RadioSelect)
    started = PartialDayField(
        label="Started", required=False, help_text=f"As much of the date as is known: {EXAMPLES}."
    )
    indication = LineField(max_length=200, label="What it is for")
    prescriber = LineField(max_length=120, label="Prescribed by", not_asked="a name")

    def __init__(self, *args: Any, today: date, born: Birth, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_today(self, today)
        self._born = born
        written = [str(self[name].value() or "") for name in GUARDED]
        self.misread = {name: find_unsafe(text) for name, text in zip(GUARDED, written, strict=True)}
        if any(self.misread.values()):
            safe = ", ".join(f"“{with_one_meaning(text)}”" for text in written if find_unsafe(text))
            self.fields["use_safe_spelling"].label = f"Use the safe spelling: {safe}"
        else:
            del self.fields["use_safe_spelling"], self.fields["spelling_reason"]
        self.fields["use"].error_messages["required"] = "Choose regularly or as needed."
        self.helper.layout = Layout(
            Div(
                Field("name", wrapper_class="col-sm-8"),
                Field("kind", wrapper_class="col-sm-4"),
                css_class="row",
            ),
            Div(
                HTML('{% include "patients/_vocabulary.html" %}'),
                css_id="filing",
                css_class="filing",
                aria_live="polite",
            ),
            Div(
                Field("strength", wrapper_class="col-sm"),
                Field("form", wrapper_class="col-sm"),
                css_class="row",
            ),
            "directions",
            *(["use_safe_spelling", "spelling_reason"] if any(self.misread.values()) else []),
            Div(
                Field("use", wrapper_class="col-sm"),
                Field("started", wrapper_class="col-sm"),
                css_class="row",
            ),
            Div(
                Field("indication", wrapper_class="col-sm"),
                Field("prescriber", wrapper_class="col-sm"),
                css_class="row",
            ),
        )

    def clean_started(self) -> str:
        """Some are taken for a lifetime, none for longer."""
        started: str = self.cleaned_data["started"]
        if started and started != self.initial.get("started") and self._born.is_after(started):
            raise forms.ValidationError(
                f"This is before the patient was born, {self._born}. Check both dates."
            )
        return started

    def clean_spelling_reason(self) -> str:
        """What can be misread is changed by its author, or kept with a reason."""
        reason: str = self.cleaned_data["spelling_reason"]
        for name in GUARDED:
            if self.cleaned_data.get("use_safe_spelling"):
                written = with_one_meaning(self.cleaned_data.get(name, ""))
                self.cleaned_data[name], self.misread[name] = written, find_unsafe(written)
            if self.misread[name] and not reason and name not in self.errors:
                sentences = " ".join(finding.sentence for finding in self.misread[name])
                self.add_error(name, f"{sentences} Change it, accept the safe spelling, or say why it stays.")
        return reason

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") and self.near:
            self._clean_near(cleaned)
        self.clean_which(cleaned)
        if cleaned.get("name") and filed(cleaned["name"]) is None and "meant" not in self.errors:
            if not cleaned.get("sedates") and "sedates" not in self.errors:
                self.add_error("sedates", "This name is not in the vocabulary. Choose yes, no or unknown.")
            if not cleaned.get("kind") and "kind" not in self.errors:
                self.add_error("kind", "This name is not in the vocabulary. Choose what kind it is.")
        return cleaned

    def _clean_near(self, cleaned: dict[str, Any]) -> None:
        meant = cleaned.get("meant")
        if near := next((near for near in self.near if near.spelling == meant), None):
            cleaned["name"] = corrected(cleaned["name"], near)
        elif meant == ELSE:
            cleaned["is_not"] = near_drugs(cleaned["name"])
        elif "meant" not in self.errors:
            self.add_error("meant", f"{near_miss_sentence(self.typed_name)} Choose whether it is that.")

    @property
    def details(self) -> MedicationDetails:
        values = {field.name: self.cleaned_data.get(field.name, "") for field in fields(MedicationDetails)}
        kind, sedates, use = values["kind"], values["sedates"], values["use"]
        return MedicationDetails(
            **values
            | {
                "kind": Kind(kind) if kind else None,
                "sedates": Answer(sedates) if sedates else Answer.UNKNOWN,
                "use": Use(use),
            }
        )

    @staticmethod
    def values_of(medication: MedicationRecord) -> dict[str, Any]:
        values = {field.name: getattr(medication, field.name) for field in fields(MedicationDetails)}
        # What the vocabulary knows was never asked.
        asked = {"sedates": ""} if medication.drug else {}
        return values | asked | {"meant": ELSE if medication.is_not else ""}


def _named(near: Near) -> str:
    return near.drug if near.spelling == near.drug else f"{near.spelling} ({near.drug})"
