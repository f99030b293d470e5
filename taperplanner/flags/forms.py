"""One sentence, and whom it is for. Nobody is chosen beforehand, and nothing is filled in."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from taperplanner.accounts.models import User, UserQuerySet
from taperplanner.fields import LineField
from taperplanner.forms import PlainForm

from .actions import NO_SENTENCE, NOBODY_SUCH
from .models import LONGEST_SENTENCE

PROVIDER: Final = "provider"


class FlagForm(PlainForm):
    to = forms.ChoiceField(
        label="For whom",
        error_messages={
            "required": "Choose whom it is for.",
            "invalid_choice": NOBODY_SUCH,
        },
    )
    sentence = LineField(
        max_length=LONGEST_SENTENCE,
        label="What should they know or do",
        missing=NO_SENTENCE,
        help_text="One sentence, for example “asks to be called about her sleep”. It cannot be changed afterwards.",
    )

    def __init__(self, *args: Any, colleagues: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in colleagues}
        named = [(key, one.full_title) for key, one in self.people.items()]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "Choose"), (PROVIDER, "Any provider"), *named]

    @property
    def chosen(self) -> User | None:
        """None: any provider."""
        return self.people.get(self.cleaned_data["to"])
