"""The scales of a check-in: item by item, or as a total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML
from django import forms

from taperplanner.fields import WholeNumberField
from taperplanner.forms import Fold, put_below

from ...models import CheckIn
from ...scales import (
    ANSWERS,
    BWSQ,
    CIWA_B,
    GAD7,
    NOT_ASKED_HERE,
    PHQ9,
    SCALES,
    SUICIDE_ITEM,
    NotThatTotal,
    Scale,
    Score,
    score_of,
)
from .layout import shows_danger

NOT_ASKED: Final = ("", "Not asked")
ITEM_CHOICES: Final = [NOT_ASKED, *((str(value), answer) for value, answer in enumerate(ANSWERS))]
UNASKED: Final = "phq9_9_not_asked"
ASK_ITEM_9: Final = (
    "A total hides item 9: thoughts of being better off dead or of hurting yourself. Answer it above, or tick that it"
    " was not asked."
)
_ADDED_UP: Final = "Leave it empty and the answers are added up."
_TOTAL_ONLY: Final = "Its items are not free to print here: enter the total from the paper form."
_RANGE: Final = "That {highest} is its highest total was found in no source that could be opened, and awaits clinical review."


def score_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for scale in SCALES:
        for name, item in zip(scale.item_names(), scale.items, strict=True):
            fields[name] = forms.ChoiceField(
                label=item, choices=ITEM_CHOICES, widget=forms.RadioSelect, required=False
            )
        fields[_total(scale)] = WholeNumberField(
            lowest=0,
            highest=scale.highest,
            label=f"{scale.name} total, 0 to {scale.highest}",
            help_text=" ".join(_help(scale)),
        )
    return fields


def _help(scale: Scale) -> Iterator[str]:
    yield _ADDED_UP if scale.items else _TOTAL_ONLY
    if not scale.is_range_sourced:
        yield _RANGE.format(highest=scale.highest)


def score_folds() -> list[Fold]:
    folds = [
        Fold(
            f"{scale.name}, item by item or as a total",
            HTML(f'<p>{scale.stem}</p><p class="form-text">{NOT_ASKED_HERE}</p>'),
            *(_item(scale, name) for name in scale.item_names()),
            _total(scale),
        )
        for scale in (PHQ9, GAD7)
    ]
    return [*folds, Fold("CIWA-B and BWSQ, totals only", _total(CIWA_B), _total(BWSQ))]


def _item(scale: Scale, name: str) -> Any:
    is_danger = scale is PHQ9 and name == scale.item_names()[SUICIDE_ITEM - 1]
    return shows_danger(name, "crisis") if is_danger else InlineRadios(name)


class ScoresMixin(forms.Form):
    """For a form that has the fields above."""

    def ask_about_item_9(self, values: Mapping[str, Any]) -> None:
        """Called once the fields and the layout are there. A total does not show what was said to item 9."""
        typed, answer = values.get(_total(PHQ9)), values.get(PHQ9.item_names()[SUICIDE_ITEM - 1])
        if str(typed or "").strip() and not answer:
            put_below(
                self,
                _total(PHQ9),
                UNASKED,
                forms.BooleanField(label="Item 9 was not asked", error_messages={"required": ASK_ITEM_9}),
            )

    def score(self, scale: Scale) -> Score:
        """Raises: NotThatTotal."""
        answers = [self.cleaned_data.get(name) for name in scale.item_names()]
        items = [int(answer) if answer else None for answer in answers]
        return score_of(scale, items, self.cleaned_data.get(_total(scale)))

    def wrong_totals(self) -> dict[str, str]:
        wrong = {}
        for scale in SCALES:
            try:
                self.score(scale)
            except NotThatTotal as problem:
                wrong[_total(scale)] = str(problem)
        return wrong


def score_values(check_in: CheckIn) -> dict[str, Any]:
    values: dict[str, Any] = {_total(scale): getattr(check_in, f"{scale.key}_total") for scale in SCALES}
    for scale in (PHQ9, GAD7):
        items = getattr(check_in, f"{scale.key}_items")
        values |= {
            name: "" if item is None else str(item)
            for name, item in zip(scale.item_names(), items, strict=False)
        }
    return values


def _total(scale: Scale) -> str:
    return f"{scale.key}_total"
