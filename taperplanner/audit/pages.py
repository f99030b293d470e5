"""The log a page at a time, newest first, by key: no counting, and nothing shifts while one reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from .models import Event, EventQuerySet

PAGE_LENGTH: Final = 50


@dataclass(frozen=True)
class Page:
    """`older` is the key that the next page starts after; empty on the last."""

    events: list[Event]
    older: str


def page_of(events: EventQuerySet, *, after: str = "") -> Page:
    """Shape of `after`: a key that a page gave as `older`. Any other text gives the first page."""
    key = _parse(after)
    if key:
        events = events.before(*key)
    found = list(events.newest_first()[: PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    return Page(shown, _key(shown[-1]) if len(found) > PAGE_LENGTH else "")


def _key(event: Event) -> str:
    return f"{event.at.isoformat()}_{event.pk.hex}"


def _parse(text: str) -> tuple[datetime, UUID] | None:
    at, _, pk = text.partition("_")
    try:
        moment, key = datetime.fromisoformat(at), UUID(pk)
        # At the ends of the calendar, a moment of another zone may be none in UTC.
        return (moment.astimezone(UTC), key) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
