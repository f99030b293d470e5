"""Each process watches its own clock; what it finds is kept with every clinic."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.clock import watch as module
from taperplanner.clock.comparing import Compared
from taperplanner.clock.models import ClockDifference
from taperplanner.clock.rule import Difference, Source
from taperplanner.clock.watch import HOUR, MINUTE, Watch, since_boot
from taperplanner.serving import health

from ..world.universe import NOW, Universe

TWO_MINUTES = Difference(Source.DATABASE, 120)


class Clocks:
    """A clock that may be set, and one that nobody sets."""

    def __init__(self) -> None:
        self.now, self.steady = NOW, timedelta()

    def go_on(self, by: timedelta) -> None:
        self.now += by
        self.steady += by

    def watch(self) -> Watch:
        watch = Watch(now=lambda: self.now, steady=lambda: self.steady)
        watch.remember()
        return watch


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    """Long after every event, and nothing but the jump is compared."""
    jumped = staticmethod(lambda jump: Compared(tuple(filter(None, [module_difference(jump)]))))
    with time_machine.travel(NOW, tick=False), patch.object(module, "compare", jumped):
        yield


def module_difference(jump: timedelta) -> Difference | None:
    from taperplanner.clock.rule import difference

    return difference(Source.JUMP, jump)


@pytest.mark.parametrize(
    ("seconds", "found"), [(59, []), (-59, []), (61, [61]), (-61, [-61]), (-90_000, [-90_000])]
)
def test_a_jump_is_found_whichever_way(universe: Universe, seconds: int, found: list[int]) -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.go_on(HOUR)
    assert not watch.has_jumped()
    clocks.now += timedelta(seconds=seconds)
    assert watch.has_jumped() == bool(found)
    assert [one.seconds for one in watch.look().differences] == found
    assert not watch.has_jumped()
    assert watch.look().differences == ()


def test_an_hour_is_no_jump_and_sleep_is_none_either(universe: Universe) -> None:
    """On Linux the steady clock runs on while a machine sleeps."""
    clocks = Clocks()
    watch = clocks.watch()
    clocks.go_on(timedelta(days=3))
    assert watch.look().differences == ()
    assert since_boot() <= since_boot()


def test_whoever_has_not_begun_knows_of_no_jump(universe: Universe) -> None:
    clocks = Clocks()
    watch = Watch(now=lambda: clocks.now, steady=lambda: clocks.steady)
    clocks.now += HOUR
    assert not watch.has_jumped()
    watch.look()
    clocks.now += HOUR
    assert not watch.has_jumped()


def test_what_is_found_is_kept_with_each_clinic_and_in_its_audit_log(universe: Universe) -> None:
    look_with(TWO_MINUTES)
    for house in (universe.ours, universe.theirs):
        [one] = house.clinic.clock_differences.all()
        assert (one.number, one.difference, one.found_at) == (1, TWO_MINUTES, NOW)
        event = Event.objects.get(clinic_id=house.clinic.pk, action="clock.difference_found")
        assert event.details["found"] == [TWO_MINUTES.sentence]
        assert event.sentence == "Found that the server’s clock differs"


def test_another_process_that_finds_the_same_writes_it_once(universe: Universe) -> None:
    look_with(TWO_MINUTES)
    look_with(Difference(Source.DATABASE, 150))
    assert ClockDifference.objects.count() == 2
    look_with(Difference(Source.DATABASE, 240))
    look_with(Difference(Source.TIME_SERVER, 240))
    assert ClockDifference.objects.count() == 6


def test_the_same_of_another_server_is_another(universe: Universe) -> None:
    look_with(TWO_MINUTES)
    with patch("socket.gethostname", return_value="another"):
        look_with(TWO_MINUTES)
    assert universe.ours.clinic.clock_differences.count() == 2


def test_a_clock_that_jumps_all_night_fills_no_table(universe: Universe) -> None:
    for hour in range(1, 20):
        look_with(Difference(Source.JUMP, hour * 3600))
    assert universe.ours.clinic.clock_differences.count() == 10


def test_what_could_not_be_kept_is_found_again(universe: Universe) -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.now += HOUR
    with patch.object(module, "note_differences", side_effect=DatabaseError), pytest.raises(DatabaseError):
        watch.look()
    assert [one.seconds for one in watch.look().differences] == [3600]


def test_it_looks_each_hour_and_each_minute_while_something_is_wrong(universe: Universe) -> None:
    watch = Clocks().watch()
    with patch.object(module, "connection"):
        assert watch._looked() == HOUR
        with patch.object(module, "compare", return_value=Compared((TWO_MINUTES,))):
            assert watch._looked() == MINUTE
        with patch.object(module, "compare", side_effect=DatabaseError("a row")):
            assert watch._looked() == MINUTE
        with patch.object(module, "compare", side_effect=ValueError("a row")):
            assert watch._looked() == MINUTE


def test_it_looks_at_start_and_as_soon_as_the_clock_jumps() -> None:
    clocks, looked = Clocks(), threading.Semaphore(0)

    class Counted(Watch):
        def _looked(self) -> timedelta:
            self.remember()
            looked.release()
            return HOUR

    watch = Counted(now=lambda: clocks.now, steady=lambda: clocks.steady)
    with patch.object(module, "TICK_SECONDS", 0.01):
        watch.remember()
        threading.Thread(target=watch._go_on, daemon=True).start()
        assert looked.acquire(timeout=5)
        clocks.go_on(timedelta(minutes=59))
        assert not looked.acquire(timeout=0.1)
        clocks.go_on(timedelta(minutes=1))
        assert looked.acquire(timeout=5)
        clocks.now += timedelta(minutes=2)
        assert looked.acquire(timeout=5)


def test_the_deep_health_page_says_what_differs_and_who_is_silent(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    health.DEEP.forget()
    monkeypatch.setattr(module.WATCH, "last", Compared((TWO_MINUTES,), ("The time server is silent.",)))
    answer = Client().get("/healthz/deep")
    health.DEEP.forget()
    assert answer.status_code == 503
    assert answer.content.decode() == f"{TWO_MINUTES.sentence}\nThe time server is silent.\n"


def look_with(*found: Difference) -> None:
    with patch.object(module, "compare", return_value=Compared(found)):
        Watch(now=lambda: NOW).look()
