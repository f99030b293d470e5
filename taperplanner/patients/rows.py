"""Rows in an action: locked before it reads them, saved with a row of history that names its author."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from taperplanner.accounts.models import User
from taperplanner.saving import Refused

from .details import ARCHIVED
from .models import Patient

Row = TypeVar("Row", bound=Model)


def lock_open(patient: Patient, refusal: type[Refused]) -> Patient:
    """The patient's row, locked until the transaction ends. Raises: `refusal`, if archived."""
    locked = Patient.objects.select_for_update().get(pk=patient.pk)
    if locked.archived_at:
        raise refusal(ARCHIVED)
    return locked


def with_author(row: Row, *, by: User, at: datetime) -> Row:
    """The row, to be saved with a row of history that says who and when."""
    vars(row).update(_history_user=by, _history_date=at)
    return row
