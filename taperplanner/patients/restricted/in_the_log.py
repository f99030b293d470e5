"""What a reader of the audit log may call a patient: the MRN, or that the record is restricted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import User

from ..models import Patient
from .rule import closed_to

CLOSED: Final = "a restricted record"
AT_ONCE: Final = 5_000


def called_in_the_log(user: User, ids: Collection[UUID]) -> dict[UUID, str]:
    """Of the user's clinic, so many at once as a database takes in one question."""
    closed = set(closed_to(user).values_list("pk", flat=True)) if ids else set()
    asked = list(ids)
    called: dict[UUID, str] = {}
    for start in range(0, len(asked), AT_ONCE):
        ours = Patient.objects.filter(clinic=user.clinic_id, pk__in=asked[start : start + AT_ONCE])
        called |= {pk: CLOSED if pk in closed else f"MRN {mrn}" for pk, mrn in ours.values_list("pk", "mrn")}
    return called
