"""What staff choose before a batch is printed."""

from __future__ import annotations

from datetime import date

from django import forms

from taperplanner.fields import DayField
from taperplanner.forms import PlainForm

from ..models import LAYOUTS
from ..paper.layouts import Layout


class BatchForm(PlainForm):
    """For many patients at once: each one's language and letters are their own, and a fill is typed for one alone."""

    layout = forms.ChoiceField(
        label="Layout",
        choices=[(value, label) for value, label in LAYOUTS if value != Layout.PHARMACY.value],
        widget=forms.RadioSelect,
        help_text="In large print the calendar is the checklist, a block for each day.",
    )


class DayForm(PlainForm):
    day = DayField(
        label="Patients whose step changes on",
        error_messages={"required": "Enter the day on which a step changes, for example 11/23/2026."},
    )

    def chosen(self) -> date | None:
        """None, while none is typed that could be read."""
        return self.cleaned_data["day"] if self.is_valid() else None
