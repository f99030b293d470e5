"""One text each: what came of a shortfall, and why a record was entered in error."""

from __future__ import annotations

from django import forms

from taperplanner.fields import PlainForm, TextField


class ShortfallForm(PlainForm):
    text = TextField(
        max_length=500,
        label="What came of it",
        missing="Write what came of it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who was asked, what is known, and what was decided.",
    )


class InErrorForm(PlainForm):
    reason = TextField(
        max_length=300,
        label="What was wrong",
        missing="Write what was wrong.",
        help_text="Another patient’s, written down twice, or what else.",
    )
