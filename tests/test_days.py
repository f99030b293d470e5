"""Dates are read strictly and printed in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.days import (
    MONTHS,
    WEEKDAYS,
    NotADay,
    in_words,
    parse_day,
    short,
    short_span,
    without_weekday,
)
from taperplanner.fields import DayField
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper import language
from taperplanner.partial_days import partial_day_as_typed, partial_day_in_words

from .tapers import wrong_spellings

ENGLISH: Final = language.Translator(Language.ENGLISH)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "11/23/2026", "2026-11-23", "November 23, 2026", "Nov 23 2026", "nov. 23, 2026", " 11/23/2026 ",
        "Mon, Nov 23, 2026", "Monday, November 23, 2026", "monday november 23 2026", "Mon. Nov. 23, 2026",
        "23 Nov 2026", "23 November 2026", "23 nov. 2026", "Mon, 23 Nov 2026", "Monday 23 November, 2026",
    ],
)  # fmt: skip
def test_a_date_is_read_in_the_ways_people_here_write_it(typed: str) -> None:
    assert parse_day(typed) == date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["", *wrong_spellings.DATES])
def test_a_wrong_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotADay, match=r"\.$"):
        parse_day(typed)


PRINTED: Final[dict[str, Callable[[date], str]]] = {
    "in words": in_words,
    "without its weekday": without_weekday,
    "short": short,
    "one day's span": lambda day: short_span(day, day),
    "on the English paper": lambda day: language.in_words(day, ENGLISH),
    "on the English paper, without its weekday": lambda day: language.without_weekday(day, ENGLISH),
    "in its text box": lambda day: str(DayField().prepare_value(day)),
    "of a partial date": lambda day: partial_day_in_words(day.isoformat()),
    "of a partial date, as typed": lambda day: partial_day_as_typed(day.isoformat()),
    "ISO": date.isoformat,
    "day first": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "day first, short": lambda day: (
        f"{WEEKDAYS[day.weekday()][:3]}, {day.day} {MONTHS[day.month - 1][:3]} {day.year}"
    ),
}


@pytest.mark.parametrize("spelled", PRINTED.values(), ids=PRINTED)
@given(day=days)
def test_every_spelling_that_is_printed_is_read_as_the_same_day(
    spelled: Callable[[date], str], day: date
) -> None:
    assert parse_day(spelled(day)) == day


@given(days, st.integers(1, 6))
def test_a_weekday_that_is_not_that_days_is_refused_in_words(day: date, off: int) -> None:
    right, wrong = WEEKDAYS[day.weekday()], WEEKDAYS[(day.weekday() + off) % 7]
    for spelled in (in_words(day), short(day)):
        with pytest.raises(NotADay) as refused:
            parse_day(spelled.replace(right, wrong).replace(f"{right[:3]},", f"{wrong[:3]},"))
        assert str(refused.value) == (
            f"{without_weekday(day)} is a {right}, not a {wrong}. Check the day and the weekday."
        )


@given(days)
def test_the_weekday_stands_with_the_date(day: date) -> None:
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
    assert in_words(day) == f"{weekday}, {without_weekday(day)}"
    assert short(day).startswith(weekday[:3])
