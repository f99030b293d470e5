"""The chain of each clinic, from its first event on: numbers, seals, order of time, and the rows that events name."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from taperplanner.row_digests import Key

from ..chain import Place, chain_of, mac_of
from ..genesis import BEGAN, Tally
from ..keys import key_named
from ..models import Event
from ..order import how_far_back
from ..rows import digests, model_of, named_models
from .finding import Finding
from .known import Known

AT_ONCE: Final = 500
# An event holds the time of its request, which may have set a long paper meanwhile, on another machine.
LATEST: Final = timedelta(hours=1)
LONG_AGO: Final = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class End:
    """How far a chain was walked. `latest`: the latest time of an event in it. `at`: that of the last."""

    place: Place
    latest: datetime = LONG_AGO
    at: datetime | None = None


@dataclass
class Walk:
    """`dated_back`: a sentence for each event that is dated before the one before it. It is no fault: a clock was set right."""

    known: Known
    ends: dict[UUID, End] = field(default_factory=dict)
    geneses: dict[UUID, Tally] = field(default_factory=dict)
    count: int = 0
    dated_back: list[str] = field(default_factory=list)

    def onward(self) -> Iterator[Finding]:
        """Every event that was not walked yet."""
        chained = Event.objects.chained()
        chains = chained.order_by("chain_id").values_list("chain_id", flat=True).distinct()
        for chain_id in filter(None, list(chains)):
            events = chained.filter(chain_id=chain_id).order_by("number")
            while some := list(events.filter(number__gt=self._end(chain_id).place.number)[:AT_ONCE]):
                yield from self._events(chain_id, some)
                yield from self._rows(chain_id, some)
                self.count += len(some)

    def _end(self, chain_id: UUID) -> End:
        return self.ends.setdefault(chain_id, End(Place()))

    def _events(self, chain_id: UUID, events: list[Event]) -> Iterator[Finding]:
        tomorrow = timezone.now() + LATEST
        for event in events:
            end = self._end(chain_id)
            for sentence in (_of_seal(event, end.place), _of_time(event, end.latest, tomorrow)):
                if sentence:
                    yield Finding(chain_id, sentence)
            if back := how_far_back(event.at, end.at):
                self.dated_back.append(f"{_called(event)} is dated {back} before the one before it.")
            if event.action == BEGAN and event.number == 1:
                self.geneses[chain_id] = event.details["rows"]
            self.ends[chain_id] = replace(
                end,
                place=Place(event.number or 0, event.mac or ""),
                latest=max(end.latest, event.at),
                at=event.at,
            )

    def _rows(self, chain_id: UUID, events: list[Event]) -> Iterator[Finding]:
        told: dict[str, dict[Key, tuple[Event, str]]] = defaultdict(dict)
        known = {model._meta.label_lower for model in named_models()}
        for event in events:
            for label, key, digest in _named_by(event):
                if label not in known:
                    yield Finding(chain_id, f"{_called(event)} names a row of {label}, which is no table.")
                elif not self.known.name((label, key)):
                    yield Finding(
                        chain_id, f"{_called(event)} names {said((label, key))}, as one before it did."
                    )
                else:
                    told[label][label, key] = event, digest
        for rows in told.values():
            for found, now in digests(rows):
                event, digest = rows[found]
                if now is None:
                    yield Finding(chain_id, f"{said(found)} is gone. {_called(event)} tells of it.")
                elif now != digest:
                    yield Finding(
                        chain_id, f"{said(found)} is not what was written. {_called(event)} tells of it."
                    )


def _of_seal(event: Event, before: Place) -> str:
    number = event.number or 0
    if number != before.number + 1:
        missing = (
            f"{before.number + 1}" if number == before.number + 2 else f"{before.number + 1} to {number - 1}"
        )
        return f"Before {_called(event)} there is no event {missing}."
    key = key_named(event.key_name or "")
    if key is None:
        return f"{_called(event)} is sealed with the key {event.key_name!r}, which AUDIT_KEYS does not have."
    if event.chain_id != chain_of(event.clinic_id) or not hmac.compare_digest(
        mac_of(event, before.mac, key), event.mac or ""
    ):
        return f"{_called(event)} is not what was written, or the one before it is not."
    return ""


def _of_time(event: Event, latest: datetime, tomorrow: datetime) -> str:
    if event.at < latest - LATEST:
        return f"{_called(event)} is dated more than an hour before an event that was written before it."
    if event.at > tomorrow:
        return f"{_called(event)} is dated in the future."
    return ""


def _named_by(event: Event) -> list[Any]:
    """None of an event that cannot be read: its seal tells of it."""
    rows = event.rows or []
    is_whole = isinstance(rows, list) and all(
        isinstance(row, list) and [type(part) for part in row] == [str, str, str] for row in rows
    )
    return rows if is_whole else []


def _called(event: Event) -> str:
    return f"Event {event.number} ({event.action}, {event.at:%Y-%m-%d %H:%M} UTC)"


def said(key: Key) -> str:
    """A row in words."""
    label, pk = key
    return f"The {model_of(label)._meta.verbose_name} {pk.lstrip('0') if pk.isdigit() else pk}"
