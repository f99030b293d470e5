"""The one way to write an event, and the way to read a clinic's."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from taperplanner.no_room import why_no_room
from taperplanner.places import Registry
from taperplanner.row_digests import Key, Leaf, NotAudited, Tree, gathered, key_text

from .chain import check_what_waits, link
from .models import Event, EventQuerySet

logger = logging.getLogger(__name__)

# What is derived from records, and is derived anew in the transaction that records something: by its events.
derivations: Registry[Callable[[Sequence[Event]], object]] = Registry()


@dataclass
class Waiting:
    """What an audited transaction holds until its end. `rows_before`: of each event, how many were born before it.
    `told`: the event of each row for which that was said."""

    events: list[Event] = field(default_factory=list)
    rows_before: list[int] = field(default_factory=list)
    born: list[Leaf] = field(default_factory=list)
    told: dict[Key, int] = field(default_factory=dict)

    def add(self, event: Event, tells_of: Iterable[Model] = ()) -> None:
        self.told.update(((row._meta.label_lower, key_text(row.pk)), len(self.events)) for row in tells_of)
        self.events.append(event)
        self.rows_before.append(len(self.born))

    def cut(self, events: int, born: int) -> None:
        del self.events[events:], self.rows_before[events:], self.born[born:]
        self.told = {key: event for key, event in self.told.items() if event < events}

    def name_rows(self) -> None:
        """Each row in the event that was recorded next after it, or in the one that said so. Raises: NotAudited."""
        tree = Tree.of(self.born)
        places = {leaf.key: place for place, leaf in enumerate(self.born)}
        for key in tree.roots():
            if not self.events:
                raise NotAudited(f"{key[0]} is written, and no event tells of it.")
            told = self.told.get(key)
            if told is None:
                told = min(bisect_right(self.rows_before, places[key]), len(self.events) - 1)
            event = self.events[told]
            event.rows = [*(event.rows or []), [*key, tree.digest(key)]]


_waiting: ContextVar[Waiting | None] = ContextVar("_waiting", default=None)
# What each event says beside its own details.
_beside: ContextVar[Mapping[str, Any]] = ContextVar("_beside", default=MappingProxyType({}))


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
    tells_of: Iterable[Model] = (),
) -> Event:
    """Write one event. Shape of `action`: "noun.verb_done", such as "draft.signed".

    `clinic_id` is only for events without an author: a command, a failed sign-in. No dose, no name of a
    patient and no free text goes into `subject` or `details`. If no event can be written, a page is still
    shown, and the server's log says so; an action, whose event is in its transaction, fails.
    Inside an audited transaction the event is written at its end. `tells_of`: rows of that transaction that it names,
    where many were written at once and it is not the next event after them.
    """
    event = Event(
        at=at,
        action=action,
        clinic_id=by.clinic_id if by else clinic_id,
        user_id=by.id if by else None,
        user_name=by.name if by else "",
        patient_id=patient_id,
        subject=subject,
        details={**(details or {}), **_beside.get()},
    )
    waiting = _waiting.get()
    if waiting is None:
        _write([event])
    else:
        waiting.add(event, tells_of)
    return event


@contextmanager
def every_event_says(**details: str) -> Iterator[None]:
    """Each event that is recorded within has these details too."""
    token = _beside.set({**_beside.get(), **details})
    try:
        yield
    finally:
        _beside.reset(token)


@contextmanager
def audited_transaction() -> Iterator[list[Event]]:
    """One transaction, at whose end its events are written, in the order in which they were recorded.

    They are written last because writers of a clinic's events queue: whoever has a place in the queue waits for
    nothing else, so that no two can wait for each other. Gives the events recorded so far. Inside another one it
    is a part of it: what it recorded is forgotten if it fails, and written with the other's.
    """
    outer = _waiting.get()
    waiting = outer or Waiting()
    before = len(waiting.events), len(waiting.born)
    token = _waiting.set(waiting)
    try:
        with transaction.atomic(), gathered(waiting.born):
            yield waiting.events
            if outer is None:
                waiting.name_rows()
                if waiting.events:
                    check_what_waits()
                    for derive in derivations:
                        derive(waiting.events)
                    _write(waiting.events, is_checked=True)
    except BaseException:
        waiting.cut(*before)
        raise
    finally:
        _waiting.reset(token)


def _write(events: list[Event], *, is_checked: bool = False) -> None:
    is_checked = is_checked or not connection.in_atomic_block
    try:
        with transaction.atomic(savepoint=False):
            link(events, is_checked=is_checked)
            Event.objects.bulk_create(events)
    except DatabaseError as error:
        if connection.in_atomic_block or not (reason := why_no_room(error)):
            raise
        for event in events:
            logger.error(
                "not in the audit log, as %s: %s of %s by %s",
                reason,
                event.action,
                event.patient_id,
                event.user_id,
            )


def events_of(clinic_id: UUID) -> EventQuerySet:
    return Event.objects.of_clinic(clinic_id)
