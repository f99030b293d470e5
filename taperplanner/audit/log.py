"""The one way to write an event, and the way to read a clinic's."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import DatabaseError, connection

from taperplanner.no_room import why_no_room

from .models import Event, EventQuerySet

logger = logging.getLogger(__name__)
_recorded: ContextVar[list[Event] | None] = ContextVar("_recorded", default=None)


class Actor(Protocol):
    """Whoever can act: a user, seen from below."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def clinic_id(self) -> UUID: ...


def record(
    action: str,
    *,
    by: Actor | None,
    at: datetime,
    patient_id: UUID | None = None,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
    clinic_id: UUID | None = None,
) -> Event:
    """Write one event. Shape of `action`: "noun.verb_done", such as "draft.signed".

    `clinic_id` is only for events without an author: a command, a failed sign-in. No dose, no name of a
    patient and no free text goes into `subject` or `details`. If no event can be written, a page is still
    shown, and the server's log says so; an action, whose event is in its transaction, fails.
    """
    event = Event(
        at=at,
        action=action,
        clinic_id=by.clinic_id if by else clinic_id,
        user_id=by.id if by else None,
        user_name=by.name if by else "",
        patient_id=patient_id,
        subject=subject,
        details=dict(details or {}),
    )
    try:
        event.save()
    except DatabaseError as error:
        if connection.in_atomic_block or not (reason := why_no_room(error)):
            raise
        logger.error("not in the audit log, as %s: %s of %s by %s", reason, action, patient_id, event.user_id)
    events = _recorded.get()
    if events is not None:
        events.append(event)
    return event


@contextmanager
def recorded() -> Iterator[list[Event]]:
    """The events that are written inside, in their order."""
    events: list[Event] = []
    token = _recorded.set(events)
    try:
        yield events
    finally:
        _recorded.reset(token)


def events_of(clinic_id: UUID) -> EventQuerySet:
    return Event.objects.of_clinic(clinic_id)
