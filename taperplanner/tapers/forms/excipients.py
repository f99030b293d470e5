"""What stands on a package beside the drug, as somebody types it from there. Nothing is filled in or suggested."""

from __future__ import annotations

from typing import Any

from django import forms

from taperplanner.fields import LinesField
from taperplanner.forms import PlainForm

from ..models import Excipients
from ..models.excipients import LONGEST


class ExcipientsForm(PlainForm):
    revision_field = "number"

    text = LinesField(
        max_length=LONGEST,
        label="Excipients, as the package or its leaflet has them",
        not_asked="the ingredients of a package, from which nobody reads a dose",
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Separated by commas, letter for letter. Emptied, it says that nothing was typed.",
    )

    @staticmethod
    def values_of(typed: Excipients) -> dict[str, Any]:
        return {"text": typed.text}
