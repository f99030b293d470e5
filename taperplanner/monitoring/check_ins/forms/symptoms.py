"""The clinic's own checklist in the check-in's form: each symptom answered by itself, in the blocks that are asked.

A tick below a block without a sign of danger answers what is left open in it with none. The page shows which those
are, by a style sheet, and the server applies it when the check-in is saved: see .none-of in monitoring.css.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Div, Fieldset
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
_HINT: Final = f"{NOT_VALIDATED}. “{NONE_OF}” records what is left open in its block as “none”. A red bar is a sign of danger."
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


class BlockFold(Fold):
    """One line that says how its block stands. It opens for what is wrong in it; what is marked in it stands on its line."""

    template = "monitoring/_symptom_block.html"

    def render(self, form: forms.Form, context: Any, **kwargs: Any) -> Any:
        self.is_open = any(form[pointer.name].errors for pointer in self.get_field_names())
        return Div.render(self, form, context, **kwargs)


def symptom_rows() -> Div:
    """The signs of danger are never folded."""
    return Div(
        HTML(f'<h2>Symptoms</h2><p class="symptoms-hint text-body-secondary">{_HINT}</p>'),
        *map(_block, BLOCKS),
    )


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
    return forms.BooleanField(label=label, required=False)


def _block(block: Block) -> Div:
    ratings, css_id = map(_rating, block.symptoms), f"symptoms-{block.key}"
    if not block.is_one_question:
        return Fieldset(block.title, *ratings, css_class="ratings", css_id=css_id)
    return Div(
        BlockFold(block.title, *ratings),
        Div(block.none_of, css_class="none-of"),
        css_class="ratings block",
        css_id=css_id,
    )


def _rating(symptom: Symptom) -> Any:
    name = _name(symptom.key)
    if not symptom.is_danger:
        return InlineRadios(name)
    return shows_danger(name, "crisis" if symptom.key in CRISIS else "danger")


def _name(key: str) -> str:
    return f"symptom_{key}"
