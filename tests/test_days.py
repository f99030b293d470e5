"""Dates are read strictly and printed in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.days import NotADay, in_words, parse_day, short, without_weekday

from .tapers import wrong_spellings

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "typed", ["11/23/2026", "2026-11-23", "November 23, 2026", "Nov 23 2026", "nov. 23, 2026", " 11/23/2026 "]
)
def test_a_date_is_read_in_the_ways_people_here_write_it(typed: str) -> None:
    assert parse_day(typed) == date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["", *wrong_spellings.DATES])
def test_a_wrong_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotADay, match=r"\.$"):
        parse_day(typed)


@given(days)
def test_parsing_what_was_printed_gives_the_same_day(day: date) -> None:
    assert parse_day(without_weekday(day)) == day
    assert parse_day(f"{day:%m/%d/%Y}".zfill(10)) == day
    assert parse_day(day.isoformat()) == day


@given(days)
def test_the_weekday_stands_with_the_date(day: date) -> None:
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
    assert in_words(day) == f"{weekday}, {without_weekday(day)}"
    assert short(day).startswith(weekday[:3])
