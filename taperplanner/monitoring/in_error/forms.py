"""Why a record was entered in error."""

from __future__ import annotations

from taperplanner.fields import TextField
from taperplanner.forms import PlainForm


class InErrorForm(PlainForm):
    reason = TextField(
        max_length=300,
        label="What was wrong",
        missing="Write what was wrong.",
        help_text="For example: another patient’s, or recorded twice.",
    )
