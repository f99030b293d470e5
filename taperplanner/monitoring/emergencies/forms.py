"""What is recorded about an emergency."""

from __future__ import annotations

from django import forms

from taperplanner.fields import TextField
from taperplanner.forms import PlainForm


class AnswerForm(PlainForm):
    done = TextField(
        max_length=2000,
        label="What was done?",
        widget=forms.Textarea(attrs={"rows": 3}),
        missing="Write what was done: who was called, when, and what they said.",
        help_text="Who was called, when, and what they said.",
    )


class CloseForm(PlainForm):
    note = TextField(
        max_length=2000,
        label="Why is the emergency over?",
        widget=forms.Textarea(attrs={"rows": 3}),
        missing="Write why the emergency is over.",
        help_text="The mark is taken off the patient’s pages. Everything that was written stays.",
    )
