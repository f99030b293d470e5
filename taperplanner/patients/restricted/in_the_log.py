"""What a reader of the audit log may call a patient: the MRN, or that the record is restricted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import User

from ..models import Patient
from .rule import closed_to

CLOSED: Final = "a restricted record"


def called_in_the_log(user: User, ids: Collection[UUID]) -> dict[UUID, str]:
    """Of the user's clinic. Two queries, however many."""
    if not ids:
        return {}
    ours = Patient.objects.filter(clinic=user.clinic_id, pk__in=ids)
    closed = set(closed_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    return {
        pk: CLOSED if pk in closed else f"MRN {mrn}"
        for pk, mrn in ours.values_list("pk", "mrn").order_by("pk")
    }
