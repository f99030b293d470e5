"""Who may open a record and why; why it is opened in an emergency; what a manager found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from crispy_forms.layout import Field, Layout
from django import forms

from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Permission
from taperplanner.fields import TextField
from taperplanner.forms import PlainForm

from ..models import Patient
from ..restriction_records import LONGEST_REASON
from .actions import SHORTEST_REASON

NO_DOSE: Final = "why somebody may or must see a record, from which nobody reads a dose"
LONGEST_ADDRESS: Final = 2000
LONGEST_SENT: Final = 10_000_000  # whatever a form here can hold
Typed = Sequence[tuple[str, str]]


class ReasonField(TextField):
    widget = forms.Textarea(attrs={"rows": 2})
    not_asked = NO_DOSE


class RestrictForm(PlainForm):
    """The people are those of the clinic whose role sees patients."""

    people = forms.MultipleChoiceField(
        label="Who may open this record",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the people who may open this record, yourself among them."},
    )
    works_here = forms.ChoiceField(label="The patient works here as", required=False)
    reason = ReasonField(
        label="Why",
        max_length=LONGEST_REASON,
        missing="Write why this record is restricted, or why its people change.",
    )
    seen = TextField(
        max_length=36, widget=forms.HiddenInput, not_asked="which restriction the page was opened with"
    )

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = list(clinic.users.active().by_name())
        who_see = [user for user in active if user.may(Permission.SEE_PATIENTS)]
        self._users = {str(user.pk): user for user in active}
        self._choose("people", _named(who_see))
        self._choose("works_here", [("", "Not known, or not somebody who signs in here"), *_named(active)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    @property
    def chosen(self) -> dict[str, Any]:
        """Of a valid form: what the action takes."""
        return {
            "people": [self._users[pk] for pk in self.cleaned_data["people"]],
            "works_here": self._users.get(self.cleaned_data["works_here"]),
            "reason": self.cleaned_data["reason"],
            "seen": self.cleaned_data["seen"],
        }

    @staticmethod
    def values_of(patient: Patient, by: User) -> dict[str, Any]:
        """Of a record that is not restricted, whoever restricts it."""
        restriction = patient.restriction
        if restriction is None:
            return {"people": [str(by.pk)]}
        people = [str(pk) for pk in restriction.people.values_list("user_id", flat=True)]
        return {
            "people": people,
            "works_here": str(restriction.works_here_id or ""),
            "seen": str(restriction.pk),
        }


class LiftForm(PlainForm):
    reason = ReasonField(
        label="Why",
        max_length=LONGEST_REASON,
        missing="Write why the restriction is lifted.",
    )


class ReviewForm(PlainForm):
    note = ReasonField(
        label="What you found",
        max_length=LONGEST_REASON,
        missing="Write what you found, for example “On call that night; the reason is right”.",
    )


class EmergencyForm(PlainForm):
    """`asked`: the address that was refused. `sent`: what was posted to it, as JSON, so that it is not lost."""

    reason = ReasonField(
        label="Why you must open it now",
        max_length=LONGEST_REASON,
        missing="Write why you must open this record now.",
        help_text=f"A sentence, of {SHORTEST_REASON} characters or more.",
    )
    asked = TextField(
        max_length=LONGEST_ADDRESS, widget=forms.HiddenInput, not_asked="an address of this site"
    )
    sent = TextField(
        max_length=LONGEST_SENT, widget=forms.HiddenInput, not_asked="shown again as it was sent"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Field("reason", autofocus=True), "asked", "sent")

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError(f"Write the reason in {SHORTEST_REASON} characters or more.")
        return reason

    def address(self, patient: Patient) -> str:
        """Where to go on: a page of this patient, or their record."""
        record = patient.get_absolute_url()
        asked: str = self.cleaned_data.get("asked", "")
        return asked if asked.startswith(record) else record

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was sent before and was not saved."""
        value = self["sent"].value() or "[]"
        try:
            pairs = json.loads(value)
            return [(str(name), str(text)) for name, text in pairs]
        except (TypeError, ValueError):
            return []


def kept_in(asked: str, sent: Typed) -> dict[str, str]:
    """The hidden fields of the form."""
    return {"asked": asked[:LONGEST_ADDRESS], "sent": json.dumps(list(sent)) if sent else ""}


def _named(users: Sequence[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), user.full_title) for user in users]
