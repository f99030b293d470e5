"""Emergencies that nobody opened, raised to the people whom the clinic named: on every page of theirs, until somebody has.

Opened is what the audit log says was opened: a page of the emergency, by somebody else than whoever raised it. What was
written down as done counts too, whoever wrote it. Nobody is named on it: the page may be of another patient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.models import Event

from ..models import Emergency
from ..models.emergencies import EmergencyQuerySet

PAGES: Final = ("monitoring:check_in", "monitoring:emergency_answer", "monitoring:emergency_close")
MOST: Final = 5


def raised(request: HttpRequest) -> dict[str, Any]:
    """For every template: a function, which only the frame of a page calls."""
    found: Callable[[], Sequence[Emergency]] = partial(_raised_to_who_asks, request)
    return {"raised_emergencies": found}


def raised_to(user: User, clinic: Clinic, now: datetime) -> list[Emergency]:
    """Those that stand on the user's pages now. No query for somebody whom the clinic did not name; the oldest first."""
    minutes, people = clinic.emergency_minutes, clinic.emergency_people
    if not minutes or str(user.pk) not in people or not user.may(Permission.SEE_PATIENTS):
        return []
    before = people[: people.index(str(user.pk))]
    turn = 1 + _here(before, clinic, now)
    return list(unopened(clinic, now - timedelta(minutes=minutes * turn)).with_plan()[:MOST])


def unopened(clinic: Clinic, moment: datetime) -> EmergencyQuerySet:
    """Open ones of that moment or before, that nobody opened and of which nothing was written down as done."""
    shown = Event.objects.filter(
        patient_id=OuterRef("patient_id"),
        at__gte=OuterRef("raised_at"),
        action="patient.page_shown",
        subject__in=PAGES,
    ).exclude(user_id=OuterRef("raised_by_id"))
    rows = Emergency.objects.filter(patient__clinic=clinic, raised_at__lte=moment).open().unanswered()
    return rows.filter(~Exists(shown)).oldest_first()


def _here(people: Sequence[str], clinic: Clinic, now: datetime) -> int:
    """How many of them are not away: whoever is, is passed over."""
    if not people:
        return 0
    today = clinic.day_of(now)
    found: int = clinic.users.knowing_away(today).filter(pk__in=people, is_away=False).count()
    return found


def _raised_to_who_asks(request: HttpRequest) -> Sequence[Emergency]:
    """Nothing on a page of somebody who is not signed in."""
    clinic_request: ClinicRequest = request  # type: ignore[assignment]
    clinic = getattr(request, "clinic", None)
    if clinic is None or not request.user.is_authenticated:
        return ()
    return raised_to(clinic_request.user, clinic, clinic_request.now)
