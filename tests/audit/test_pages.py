from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taperplanner.audit import pages
from taperplanner.audit.log import events_of, record
from taperplanner.audit.models import Event, EventQuerySet

from ..world.universe import NOW, Universe


@pytest.fixture
def events(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> EventQuerySet:
    """Seven after the four of the clinic and its people, three of them of one moment, in pages of three."""
    monkeypatch.setattr(pages, "PAGE_LENGTH", 3)
    for seconds in (1, 2, 2, 2, 3, 4, 5):
        record("patient.edited", by=universe.ours.staff, at=NOW + timedelta(seconds=seconds))
    return events_of(universe.ours.clinic.pk)


def read_on(events: EventQuerySet) -> list[list[Event]]:
    found, after = [], ""
    while True:
        page = pages.page_of(events, after=after)
        found.append(page.events)
        after = page.older
        if not after:
            return found


def test_reading_on_finds_every_event_once_newest_first(events: EventQuerySet) -> None:
    found = read_on(events)
    assert [len(page) for page in found] == [3, 3, 3, 2]
    assert [event for page in found for event in page] == list(events.newest_first())


def test_nothing_shifts_while_one_reads(events: EventQuerySet, universe: Universe) -> None:
    first = pages.page_of(events)
    record("patient.edited", by=universe.ours.staff, at=NOW + timedelta(seconds=9))
    second = pages.page_of(events, after=first.older)
    assert list(events.newest_first())[1:7] == [*first.events, *second.events]


def test_a_last_page_that_is_full_offers_no_older_one(events: EventQuerySet) -> None:
    six = events.filter(at__gt=NOW + timedelta(seconds=1))
    assert [len(page) for page in read_on(six)] == [3, 3]


@pytest.mark.parametrize(
    "after", ["", "_", "x", "2026-03-02_x", "2026-03-02T00:00:00_" + "0" * 32, "\x00", "9" * 9000, "é_ü"]
)
def test_a_key_that_is_none_gives_the_first_page(events: EventQuerySet, after: str) -> None:
    assert pages.page_of(events, after=after).events == pages.page_of(events).events


@pytest.mark.parametrize("after", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_key_from_beyond_the_calendar_gives_the_first_page(events: EventQuerySet, after: str) -> None:
    assert pages.page_of(events, after=f"{after}_{'0' * 32}").events == pages.page_of(events).events


def test_a_key_from_the_ends_of_the_calendar_is_read(events: EventQuerySet) -> None:
    first, last = "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"
    assert pages.page_of(events, after=f"{first}_{'0' * 32}").events == []
    assert pages.page_of(events, after=f"{last}_{'0' * 32}").events == pages.page_of(events).events


def test_a_page_counts_nothing_and_starts_on_the_index(events: EventQuerySet) -> None:
    older = pages.page_of(events).older
    with CaptureQueriesContext(connection) as asked:
        pages.page_of(events, after=older)
    (query,) = asked.captured_queries
    assert "COUNT" not in query["sql"].upper()
    plan = pages.page_of.__doc__ and events.before(NOW, Event().pk).newest_first()[:3].explain()
    assert plan
    if connection.vendor == "sqlite":
        assert "USING INDEX event_clinic_at" in plan
        assert "TEMP B-TREE" not in plan
