"""A form that may be asked something back before it is kept: each question is answered with a tick."""

from __future__ import annotations

from typing import Final

from django import forms

from taperplanner.fields import PlainForm

from .questions import AsksFirst

NOT_KEPT_YET: Final = "Nothing is written down yet. Answer what is asked below, or change what you typed."
SURE: Final = "sure"


class AskingForm(PlainForm):
    @property
    def answered(self) -> frozenset[str]:
        """Keys of the questions that were ticked on the page."""
        found: list[str] = self.data.getlist(SURE) if hasattr(self.data, "getlist") else []
        return frozenset(found)

    def ask(self, asked: AsksFirst) -> None:
        """Show the questions, the ticks that were made, and what is not answered."""
        self.fields[SURE] = forms.MultipleChoiceField(
            label="Before it is written down",
            choices=[(question.key, question.yes) for question in asked.questions],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.add_error(None, NOT_KEPT_YET)
        for question in asked.questions:
            if question.key not in self.answered:
                self.add_error(SURE, question.asks)
