"""The patient list, narrowed and ordered by the next contact: the first open follow-up of any plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from taperplanner.accounts.models import Clinic
from taperplanner.days import short
from taperplanner.patients.models import PatientQuerySet
from taperplanner.patients.narrowing import Filter, Order

from ..models import FollowUp
from ..models.follow_ups import FollowUpQuerySet

OVERDUE, WEEK = "overdue", "week"
ONE_DAY: Final = timedelta(days=1)
THIS_WEEK: Final = timedelta(days=6)  # today and the six days after it, as on the worklist
NO_CONTACT: Final = date.max


def _choices(clinic: Clinic) -> Sequence[tuple[str, str]]:
    return [(OVERDUE, "Overdue"), (WEEK, "Today or in the next 6 days")]


def _narrow(patients: PatientQuerySet, value: str, today: date) -> PatientQuerySet:
    rows = _of_patient()
    due = rows.due_by(today - ONE_DAY) if value == OVERDUE else rows.due_from(today).due_by(today + THIS_WEEK)
    return patients.filter(Exists(due))


def _next() -> Coalesce:
    first = Subquery(_of_patient().by_day().values("due_on")[:1])
    return Coalesce(first, Value(NO_CONTACT), output_field=DateField())


def _said(clinic: Clinic, day: Any) -> str:
    return "none" if day == NO_CONTACT else short(day)


def _of_patient() -> FollowUpQuerySet:
    return FollowUp.objects.filter(plan__patient=OuterRef("pk")).open()


contact_due = Filter("contact", "Contact due", _choices, _narrow)
by_next_contact = Order("contact", "Next contact", _next, _said)
