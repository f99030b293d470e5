"""The patient list in the order in which the patients' own details were changed, the latest first."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from taperplanner.accounts.models import Clinic
from taperplanner.days import short

from .models import Patient
from .narrowing import Order


def _changed() -> Subquery:
    """Never null: adding a patient is the first row of their history."""
    rows = Patient.history.filter(id=OuterRef("pk")).order_by("-history_date")
    return Subquery(rows.values("history_date")[:1])


def _said(clinic: Clinic, at: Any) -> str:
    return short(clinic.day_of(at))


by_last_changed = Order("changed", "Details last changed", _changed, _said, is_backwards=True)
