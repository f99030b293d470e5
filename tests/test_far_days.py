"""How far a date is, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.far_days import QUARTER, YEAR, Near, distance

TODAY = date(2026, 11, 27)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (TODAY, date(2036, 3, 1), "9 years and 3 months"),
        (date(2020, 11, 27), TODAY, "6 years"),
        (date(2025, 11, 28), TODAY, "11 months"),
        (date(2025, 10, 26), TODAY, "1 year and 1 month"),
        (date(2026, 1, 31), date(2026, 2, 28), "4 weeks"),
        (date(2026, 1, 31), date(2026, 3, 1), "1 month"),
        (date(2024, 2, 29), date(2025, 2, 28), "11 months"),
        (date(2024, 2, 29), date(2025, 3, 1), "1 year"),
        (TODAY, date(2026, 11, 28), "1 day"),
        (TODAY, date(2026, 12, 4), "1 week"),
        (TODAY, date(2026, 12, 5), "8 days"),
        (TODAY, TODAY, "0 days"),
    ],
)
def test_a_distance_is_said_in_words(first: date, last: date, words: str) -> None:
    assert distance(first, last) == words


@given(days, days)
def test_a_distance_says_no_more_than_there_is(one: date, other: date) -> None:
    first, last = sorted((one, other))
    size = {"year": 366, "month": 31, "week": 7, "day": 1}
    parts = [part.split() for part in distance(first, last).split(" and ")]
    longest = sum(int(number) * size[unit.rstrip("s")] for number, unit in parts)
    assert longest >= (last - first).days - 31


@pytest.mark.parametrize(("off", "is_far"), [(0, False), (92, False), (93, True), (-400, False)])
def test_a_day_is_asked_about_only_beyond_its_side(off: int, is_far: bool) -> None:
    near = Near("today", TODAY, after=QUARTER)
    assert bool(near.question(TODAY + timedelta(days=off))) == is_far


def test_the_question_names_the_day_the_distance_and_the_neighbour() -> None:
    assert Near("today", TODAY, after=YEAR).question(date(2036, 3, 1)) == (
        "Saturday, March 1, 2036 is 9 years and 3 months after today."
    )
    assert Near("this plan was opened", TODAY, before=QUARTER).question(date(2020, 11, 27)) == (
        "Friday, November 27, 2020 is 6 years before this plan was opened."
    )
