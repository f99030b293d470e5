"""With what the clock is compared, on either database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.checks import Tags, run_checks
from django.db import connection

from taperplanner.audit.log import record
from taperplanner.clock import comparing
from taperplanner.clock.rule import Difference, Source

from ..world.universe import NOW, Universe


def database_ahead(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """The one seam: what a database on another machine answers."""
    monkeypatch.setattr(comparing, "is_another_clock", lambda: True)
    monkeypatch.setattr(comparing, "time_of_database", lambda: datetime.now(UTC) + timedelta(seconds=seconds))


def compared() -> tuple[Difference, ...]:
    return comparing.compare(timedelta()).differences


@pytest.mark.parametrize(
    ("ahead", "found"), [(59, None), (-59, None), (60, None), (61, -61), (-61, 61), (86_400, -86_400)]
)
def test_a_database_that_differs_by_more_than_a_minute_is_found(
    db: None, monkeypatch: pytest.MonkeyPatch, ahead: int, found: int | None
) -> None:
    database_ahead(monkeypatch, ahead)
    with time_machine.travel(NOW, tick=False):
        assert compared() == ((Difference(Source.DATABASE, found),) if found else ())


def test_a_slow_answer_is_no_difference(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The moment was read while we waited: within the wait anything may be true."""
    monkeypatch.setattr(comparing, "is_another_clock", lambda: True)
    with time_machine.travel(NOW, tick=False) as clock:

        def slow() -> datetime:
            read = datetime.now(UTC)
            clock.shift(timedelta(minutes=5))
            return read

        monkeypatch.setattr(comparing, "time_of_database", slow)
        assert compared() == ()


def test_the_database_itself_is_asked_where_it_has_a_clock_of_its_own(db: None) -> None:
    """On SQLite it has none, and nothing is said of it."""
    assert compared() == ()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=10)):
        found = compared()
    if connection.vendor == "sqlite":
        assert found == ()
        assert any("Not with the clock of the database" in one for one in comparing.what_is_compared())
    else:
        assert [one.source for one in found] == [Source.DATABASE]
        assert abs(found[0].seconds - 600) < 30


@pytest.mark.parametrize(("back", "found"), [(59, None), (60, None), (61, -61), (3600, -3600)])
def test_a_clock_that_stands_before_the_newest_event_is_found(
    universe: Universe, back: int, found: int | None
) -> None:
    record("user.signed_in", by=universe.theirs.staff, at=NOW + timedelta(hours=5))
    with time_machine.travel(NOW + timedelta(hours=5, seconds=-back), tick=False):
        assert of_events() == ([Difference(Source.EVENTS, found)] if found else [])


def test_the_newest_is_the_one_that_was_written_last(universe: Universe) -> None:
    """Else a clock that was ahead for a day would be held against the right one for a day."""
    for house in (universe.ours, universe.theirs):
        record("user.signed_in", by=house.staff, at=NOW + timedelta(days=1))
        record("user.signed_in", by=house.staff, at=NOW)
    with time_machine.travel(NOW, tick=False):
        assert of_events() == []


def test_a_clock_may_stand_long_after_the_newest_event(universe: Universe) -> None:
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        assert of_events() == []


def test_where_nothing_was_written_yet_there_is_nothing_to_stand_before(db: None) -> None:
    assert compared() == ()


def test_a_jump_is_one_more_clock(db: None) -> None:
    assert comparing.compare(timedelta(seconds=61)).differences == (Difference(Source.JUMP, 61),)
    assert comparing.compare(timedelta(seconds=59)).differences == ()


def test_the_check_before_serving_says_so_and_refuses_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> list[tuple[str, bool]]:
        found = run_checks(tags=[Tags.database], include_deployment_checks=True, databases=["default"])
        return [(one.msg, one.is_serious()) for one in found if one.id == "clock.I001"]

    assert said() == []
    database_ahead(monkeypatch, 7200)
    assert said() == [("The clock of this server is 2 hours behind the database’s.", False)]


def of_events() -> list[Difference]:
    """Whatever PostgreSQL's own clock says of the time that these tests set."""
    return [one for one in compared() if one.source == Source.EVENTS]
