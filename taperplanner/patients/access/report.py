"""Who, when, what and why, of the events that a patient is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format

from taperplanner.accounts.manager_tabs import Tab
from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.about_patient import events_about
from taperplanner.audit.models import Event
from taperplanner.audit.pages import PAGE_LENGTH, page_of
from taperplanner.audit.sentences import about
from taperplanner.days import without_weekday
from taperplanner.places import Registry

MOST_LINES: Final = 10_000
BY_ITSELF: Final = "The system, by itself"
NO_REASON: Final = "no reason is recorded"
_ID: Final = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}")

# Given a patient's id and events, the reason that somebody typed for some of them, by the event's id. A room above,
# where reasons are typed (emergency access), says them.
ReasonsFor = Callable[[UUID, Sequence[Event]], Mapping[UUID, str]]
reasons: Registry[ReasonsFor] = Registry()


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the clinic's time zone, both included. None: from the first on, or until now."""

    first: date | None
    last: date | None

    @property
    def in_words(self) -> str:
        first = without_weekday(self.first) if self.first else "the first record"
        return f"From {first} to {without_weekday(self.last) if self.last else 'now'}"


@dataclass(frozen=True, slots=True)
class Line:
    """One event, each part as it is read."""

    when: str
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """Newest first. `older`: the key that the next page starts after, where there is one."""

    period: Period
    lines: tuple[Line, ...]
    older: str


def id_with_mrn(clinic: Clinic, mrn: str) -> UUID | None:
    return next(iter(clinic.patients.ids_with_mrn(clinic.pk, mrn)), None) if mrn else None


def report_of(
    clinic: Clinic, patient_id: UUID, period: Period, *, after: str = "", most: int = PAGE_LENGTH
) -> Report:
    sources = events_about(
        clinic.pk,
        patient_id,
        since=_start_of(period.first, clinic.zone),
        before=_start_of(period.last + timedelta(days=1) if period.last else None, clinic.zone),
    )
    page = page_of(*sources, after=after, length=most)
    typed = {pk: why for find in reasons for pk, why in find(patient_id, page.events).items()}
    people = {user.pk: user for user in clinic.users.all()}
    lines = (_line(event, clinic.zone, people, typed.get(event.pk, "")) for event in page.events)
    return Report(period, tuple(lines), page.older)


def _line(event: Event, zone: ZoneInfo, people: Mapping[UUID, User], typed: str) -> Line:
    whom = about(event.action, event.subject, event.details)
    named = f"{event.sentence} ({whom})" if whom and not _ID.search(whom) else event.sentence
    return Line(
        when=date_format(event.at.astimezone(zone), "F j, Y, g:i A"),
        who=event.user_name or BY_ITSELF,
        what=named,
        why=typed or _role(people.get(event.user_id) if event.user_id else None),
    )


def _role(user: User | None) -> str:
    """Nobody types why they open a page in the course of care: what they are at the clinic stands for it."""
    return f"As {' and '.join(user.roles)}" if user else NO_REASON.capitalize()


def _start_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=zone) if day else None


def tab_of(_manager: User) -> Tab:
    return Tab("Who looked", "access_report_by_mrn", reverse("patients:access_report_by_mrn"), waiting=0)
