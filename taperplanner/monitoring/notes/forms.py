"""The one field of a note. A dose has no field of its own here: a schedule is changed on its plan."""

from __future__ import annotations

from django import forms

from taperplanner.fields import TextField
from taperplanner.forms import PlainForm


class NoteForm(PlainForm):
    text = TextField(
        max_length=2000,
        label="Note",
        widget=forms.Textarea(attrs={"rows": 6}),
        missing="Write the note.",
        help_text="Several lines are possible. It is kept with your name, today’s date and the time.",
    )
