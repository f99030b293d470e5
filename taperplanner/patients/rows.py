"""Rows on their way through an action: locked before it looks, and kept with who and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model

from taperplanner.accounts.models import User
from taperplanner.attempts import Refused

from .details import ARCHIVED
from .models import FarDay, Patient

Row = TypeVar("Row", bound=Model)


def lock_open(patient: Patient, refusal: type[Refused]) -> Patient:
    """The patient's row, locked until the transaction ends. Raises: `refusal`, if archived."""
    locked = Patient.objects.select_for_update().get(pk=patient.pk)
    if locked.archived_at:
        raise refusal(ARCHIVED)
    return locked


def keep_far_day(patient: Patient, of: str, day: date, reason: str, *, by: User, at: datetime) -> None:
    """Why a date that stands far from its neighbours is meant, where somebody was asked."""
    if reason:
        FarDay(
            patient=patient, of=of, day=day, reason=reason, said_by=by, said_by_name=by.full_title, said_at=at
        ).save()


def kept(row: Row, *, by: User, at: datetime) -> Row:
    """The row, ready to be saved with a row of history that says who and when."""
    vars(row).update(_history_user=by, _history_date=at)
    return row
