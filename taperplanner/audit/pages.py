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


def page_of(*sources: EventQuerySet, after: str = "", length: int = 0) -> Page:
    """Of several sources, which share no event, as of one. Shape of `after`: a key that a page gave as `older`. Any
    other text gives the first page."""
    key, length = _parse(after), length or PAGE_LENGTH
    begun = (events.before(*key) if key else events for events in sources)
    each = [event for events in begun for event in events.newest_first()[: length + 1]]
    found = each if len(sources) == 1 else sorted(each, key=lambda event: (event.at, event.pk), reverse=True)
    shown = found[:length]
    return Page(shown, _key(shown[-1]) if len(found) > length else "")


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
