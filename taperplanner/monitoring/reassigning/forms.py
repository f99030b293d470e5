"""To whom, and why. Nobody is chosen beforehand, and nothing is filled in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django import forms

from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Role
from taperplanner.fields import LineField
from taperplanner.forms import PlainForm
from taperplanner.tapers.models.assignments import LONGEST_WHY

from .actions import NO_WHY, NOT_HERE

_SAID: Final = {Role.PROVIDER: "provider", Role.STAFF: "staff"}


class ReassignForm(PlainForm):
    to = forms.ChoiceField(
        label="To whom",
        help_text="A plan is given to a provider; a follow-up to anybody who sees patients.",
        error_messages={"required": "Choose to whom it is given.", "invalid_choice": NOT_HERE},
    )
    why = LineField(
        max_length=LONGEST_WHY,
        label="Why",
        missing=NO_WHY,
        help_text="For example “left the clinic on May 1”. It stands on the page of each plan.",
    )

    def __init__(self, *args: Any, clinic: Clinic, away: Collection[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = clinic.users.active().exclude(pk__in=away).by_name()
        seeing = (one for one in people if one.is_provider or one.is_staff)
        self.people: dict[str, User] = {str(one.pk): one for one in seeing}
        named = [(key, f"{one.full_title} ({_roles(one)})") for key, one in self.people.items()]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "Choose"), *named]

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["to"]]


def _roles(user: User) -> str:
    return ", ".join(_SAID[role] for role in user.roles if role in _SAID)
