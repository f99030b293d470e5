"""Who is away on a day, and why, in words for colleagues. Why somebody is on leave is not said to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from taperplanner.days import without_weekday

from .models import Clinic, Leave, User


def away_on(clinic: Clinic, day: date) -> Mapping[UUID, str]:
    """Each by id, as "Ada Alvarez, MD, on leave until May 4, 2026". One query."""
    ends = Leave.objects.covering(day).filter(user=OuterRef("pk")).order_by("-last_day").values("last_day")
    people = clinic.users.away_on(day).annotate(leave_ends=Subquery(ends[:1]))
    return {one.pk: f"{one.full_title}, {_why(one, day, vars(one)['leave_ends'])}" for one in people}


def _why(user: User, day: date, leave_ends: date | None) -> str:
    if not user.is_active:
        return "deactivated"
    if user.works_until is not None and user.has_left_by(day):
        return f"who left after {without_weekday(user.works_until)}"
    return f"on leave until {without_weekday(leave_ends)}" if leave_ends else "away"
