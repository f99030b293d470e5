"""After how many minutes an emergency that nobody opened is raised, and to whom. Nothing is filled in, and nobody chosen."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from taperplanner.fields import WholeNumberField
from taperplanner.forms import PlainForm

from .actions.clinics import BOTH_OR_NEITHER, NOT_HERE, ONCE_EACH
from .models import Clinic, User

SHORTEST, LONGEST = 1, 1440
PLACES: Final = {"first": "First", "second": "Then", "third": "Then"}


class EmergencyChainForm(PlainForm):
    minutes = WholeNumberField(
        lowest=SHORTEST,
        highest=LONGEST,
        label="Minutes before an emergency that nobody opened is raised to the next person",
        help_text=f"From {SHORTEST} to {LONGEST}. Empty: it is raised to no one.",
        wrong=f"Enter a whole number of minutes from {SHORTEST} to {LONGEST}.",
    )

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = clinic.users.active().by_name()
        seeing = [one for one in people if one.is_provider or one.is_staff]
        self.by_id: dict[str, User] = {str(one.pk): one for one in seeing}
        choices = [("", "Nobody"), *((key, one.full_title) for key, one in self.by_id.items())]
        for name, label in PLACES.items():
            errors = {"invalid_choice": NOT_HERE}
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, error_messages=errors
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        people = [cleaned[name] for name in PLACES if cleaned.get(name)]
        if len(set(people)) != len(people):
            self.add_error("second", ONCE_EACH)
        if not self.errors and bool(cleaned.get("minutes")) != bool(people):
            self.add_error("minutes", BOTH_OR_NEITHER)
        return cleaned

    @property
    def chain(self) -> dict[str, Any]:
        """As the action takes it. The people in order, without the places that were left empty."""
        data = self.cleaned_data
        return {
            "minutes": data["minutes"],
            "people": [self.by_id[data[name]] for name in PLACES if data[name]],
        }

    @staticmethod
    def values_of(clinic: Clinic) -> dict[str, Any]:
        named = dict(zip(PLACES, clinic.emergency_people, strict=False))
        return {"minutes": clinic.emergency_minutes, **{name: named.get(name, "") for name in PLACES}}
