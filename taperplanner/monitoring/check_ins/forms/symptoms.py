"""The clinic's own checklist in the check-in's form: each symptom answered by itself, in the groups of the list.

A press sets what was left open in a group to none, on the page and before anything is saved. A sign of danger is
never among it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios, StrictButton
from crispy_forms.layout import HTML, Div, Fieldset
from django import forms

from taperplanner.forms import Fold

from ...danger import CRISIS
from ...models import CheckIn
from ...symptoms import GROUPS, NOT_VALIDATED, SYMPTOMS, Group, Severity, Symptom
from .layout import shows_danger
from .scores import NOT_ASKED

SEVERITIES: Final = [NOT_ASKED, *((str(severity.value), severity.label) for severity in Severity)]
REST: Final = "rest-"  # what the button of a group asks for begins so, and the group's key follows
_NONE: Final = str(Severity.NONE.value)
_HINT: Final = (
    f"{NOT_VALIDATED}. “The rest was asked: none” answers what is open in its group, but for what has a red bar:"
    " a sign of danger is always answered by itself."
)


def symptom_fields() -> dict[str, forms.Field]:
    return {
        _name(key): forms.ChoiceField(
            label=symptom.label, choices=SEVERITIES, widget=forms.RadioSelect, required=False
        )
        for key, symptom in SYMPTOMS.items()
    }


def symptom_fold() -> Fold:
    return Fold("Symptoms", *map(_group, GROUPS), hint=_HINT, is_open=True)


def symptom_values(check_in: CheckIn) -> dict[str, str]:
    ratings = check_in.ratings.values_list("symptom", "severity")
    return {_name(symptom): str(severity) for symptom, severity in ratings}


def ratings_in(cleaned: Mapping[str, Any]) -> dict[str, int]:
    answered = {key: cleaned[_name(key)] for key in SYMPTOMS}
    return {key: int(answer) for key, answer in answered.items() if answer}


def rest_as_none(sent: Mapping[str, str]) -> dict[str, str]:
    """What the button of a group answers: its symptoms that are open, but for the signs of danger."""
    return {
        _name(symptom.key): _NONE
        for group in GROUPS
        if sent.get("more") == f"{REST}{group.key}"
        for symptom in group.symptoms
        if not symptom.is_danger and not sent.get(_name(symptom.key))
    }


def _group(group: Group) -> Fieldset:
    here = f"symptoms-{group.key}"
    rest = StrictButton(
        f'The rest was asked: none <span class="visually-hidden">({group.title})</span>',
        type="submit",
        name="more",
        value=f"{REST}{group.key}",
        formaction=f"#{here}",
        css_class="btn-outline-primary btn-sm",
        data_rest="Set to none: ",
    )
    said = HTML('<span class="ms-2" role="status"></span>')
    return Fieldset(
        group.title, *map(_rating, group.symptoms), Div(rest, said), css_class="ratings", css_id=here
    )


def _rating(symptom: Symptom) -> Any:
    name = _name(symptom.key)
    if not symptom.is_danger:
        return InlineRadios(name)
    return shows_danger(name, "crisis" if symptom.key in CRISIS else "danger")


def _name(key: str) -> str:
    return f"symptom_{key}"
