"""How far is too far, and how it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from taperplanner.audit.order import how_long
from taperplanner.clock.rule import Difference, Source, difference


@pytest.mark.parametrize("seconds", [0, 59, 60, -59, -60])
def test_a_minute_is_no_difference(seconds: int) -> None:
    assert difference(Source.DATABASE, timedelta(seconds=seconds)) is None


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(seconds=61), 61),
        (timedelta(seconds=-61), -61),
        (timedelta(seconds=60, microseconds=1), 61),
        (timedelta(seconds=-60, microseconds=-1), -61),
        (timedelta(days=-400), -400 * 86_400),
    ],
)
def test_more_than_a_minute_is_one_on_either_side(ahead: timedelta, said: int) -> None:
    assert difference(Source.DATABASE, ahead) == Difference(Source.DATABASE, said)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (61, "61 seconds"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7199, "120 minutes"),
        (7200, "2 hours"),
        (172_799, "48 hours"),
        (172_800, "2 days"),
    ],
)
def test_how_long_is_said_in_the_unit_that_says_it_best(seconds: int, words: str) -> None:
    assert how_long(seconds) == words


@pytest.mark.parametrize(
    ("source", "seconds", "sentence"),
    [
        (Source.DATABASE, 120, "The clock of this server is 2 minutes ahead of the database’s."),
        (Source.DATABASE, -120, "The clock of this server is 2 minutes behind the database’s."),
        (Source.TIME_SERVER, -90, "The clock of this server is 90 seconds behind the time server’s."),
        (Source.JUMP, 3 * 3600, "The clock of this server jumped forward by 3 hours."),
        (Source.JUMP, -61, "The clock of this server jumped back by 61 seconds."),
        (
            Source.EVENTS,
            -300,
            "The clock of this server stands 5 minutes before the newest event of the audit log.",
        ),
    ],
)
def test_each_difference_is_a_sentence(source: Source, seconds: int, sentence: str) -> None:
    assert Difference(source, seconds).sentence == sentence


def test_what_is_like_another_says_nothing_new() -> None:
    there = Difference(Source.DATABASE, 120)
    assert Difference(Source.DATABASE, 180).is_like(there)
    assert not Difference(Source.DATABASE, 181).is_like(there)
    assert not Difference(Source.TIME_SERVER, 120).is_like(there)
    assert not Difference(Source.JUMP, -61).is_like(Difference(Source.JUMP, 61))
