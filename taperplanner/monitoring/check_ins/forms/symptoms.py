"""The clinic's own checklist in the check-in's form: each symptom answered by itself, in the blocks that are asked.

A tick below a block without a sign of danger answers what is left open in it with none. The page shows which those
are, by a style sheet, and the server applies it when the check-in is saved: see .none-of in monitoring.css.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils.html import format_html

from taperplanner.forms import Fold

from ...danger import CRISIS
from ...models import CheckIn
from ...symptoms import NOT_VALIDATED, SYMPTOMS, Severity, Symptom
from ..blocks import BLOCKS, Block, none_by_block
from .layout import shows_danger
from .scores import NOT_ASKED

NONE_OF: Final = "Asked: none of these"
SEVERITIES: Final = [NOT_ASKED, *((str(severity.value), severity.label) for severity in Severity)]
_HINT: Final = (
    f"{NOT_VALIDATED}. “{NONE_OF}” answers what is left open in its block. What has a red bar is a sign of danger, and"
    " is always answered by itself."
)
_NONE: Final = str(Severity.NONE.value)


def symptom_fields() -> dict[str, forms.Field]:
    rated: dict[str, forms.Field] = {
        _name(key): forms.ChoiceField(
            label=symptom.label, choices=SEVERITIES, widget=forms.RadioSelect, required=False
        )
        for key, symptom in SYMPTOMS.items()
    }
    boxes: dict[str, forms.Field] = {
        block.none_of: _none_of(block) for block in BLOCKS if block.is_one_question
    }
    return rated | boxes


def symptom_fold() -> Fold:
    return Fold("Symptoms", *map(_block, BLOCKS), hint=_HINT, is_open=True)


def symptom_values(check_in: CheckIn) -> dict[str, str]:
    ratings = check_in.ratings.values_list("symptom", "severity")
    return {_name(symptom): str(severity) for symptom, severity in ratings}


def ratings_in(cleaned: Mapping[str, Any]) -> dict[str, int]:
    ticked = {name for name, value in cleaned.items() if value is True}
    none = {symptom.key: _NONE for symptom in none_by_block(ticked)}
    answered = {key: cleaned[_name(key)] or none.get(key, "") for key in SYMPTOMS}
    return {key: int(answer) for key, answer in answered.items() if answer}


def _none_of(block: Block) -> forms.BooleanField:
    # Each box is named by itself where a reader lists them all.
    label = format_html('{} <span class="visually-hidden">({})</span>', NONE_OF, block.title)
    return forms.BooleanField(
        label=label,
        required=False,
        help_text="What is left open is recorded as “none”.",
    )


def _block(block: Block) -> Fieldset:
    box = [Div(block.none_of, css_class="none-of")] if block.is_one_question else []
    ratings = map(_rating, block.symptoms)
    return Fieldset(block.title, *ratings, *box, css_class="ratings", css_id=f"symptoms-{block.key}")


def _rating(symptom: Symptom) -> Any:
    name = _name(symptom.key)
    if not symptom.is_danger:
        return InlineRadios(name)
    return shows_danger(name, "crisis" if symptom.key in CRISIS else "danger")


def _name(key: str) -> str:
    return f"symptom_{key}"
