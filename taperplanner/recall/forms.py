"""What was done about the papers and the schedules that are ticked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from taperplanner.fields import LineField
from taperplanner.forms import PlainForm
from taperplanner.patients.models import Patient

from .actions import NO_ITEM, NO_WORDS
from .items import Item, Items
from .models import LONGEST_WORDS, Outcome
from .notices import notices

CHANGED: Final = "The list has changed since you opened the page. Read it again, and tick again."


class AnswerForm(PlainForm):
    """`waiting` and `answered`: what can be ticked. Nothing is ticked or chosen beforehand."""

    items = forms.MultipleChoiceField(
        label="Which of them",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_ITEM, "invalid_choice": CHANGED},
    )
    outcome = forms.ChoiceField(
        label="What became of them",
        error_messages={"required": "Choose what became of them."},
    )
    words = LineField(
        max_length=LONGEST_WORDS,
        label="What was done",
        missing=NO_WORDS,
        help_text="One sentence, for example “called her, she has the new paper and tore up the old one”.",
    )

    def __init__(self, *args: Any, patient: Patient, waiting: Items, answered: Items, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items, outcome = self.fields["items"], self.fields["outcome"]
        assert isinstance(items, forms.MultipleChoiceField)  # noqa: S101
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101
        items.choices = [
            *_ticks(waiting.values(), patient, ""),
            *_ticks(answered.values(), patient, "Dealt with: "),
        ]
        outcome.choices = [("", "Choose"), *Outcome.choices]

    @property
    def answer(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data | {"outcome": Outcome(self.cleaned_data["outcome"])}


def _ticks(items: Iterable[Item], patient: Patient, before: str) -> list[tuple[str, str]]:
    """Where there are several notices, each line says of which it is."""
    titles = {notice.key: f" ({notice.title})" for notice in notices()} if len(notices()) > 1 else {}
    return [(item.key, f"{before}{item.in_a_line(patient)}{titles.get(item.notice, '')}") for item in items]
