"""What a manager says who has looked. Nothing is filled in."""

from __future__ import annotations

from taperplanner.fields import LineField
from taperplanner.forms import PlainForm

from .actions import NO_SENTENCE
from .models import LONGEST_SENTENCE


class LookForm(PlainForm):
    sentence = LineField(
        max_length=LONGEST_SENTENCE,
        label="What you found, and who sees to the clock",
        missing=NO_SENTENCE,
        help_text="One sentence, for example “our administrator has set the clock”. It cannot be changed afterwards.",
    )
