"""Calendar dates: the only parser and the only printer. No clock and no time zone in here.

>>> parse_day("11/23/2026") == parse_day("2026-11-23") == parse_day("Mon, Nov 23, 2026") == parse_day("23 Nov 2026")
True
>>> in_words(parse_day("2026-11-23"))
'Monday, November 23, 2026'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2199
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
# As it is printed here, and as it is said elsewhere: "Tue, Dec 1, 2026", "1 December 2026".
_WEEKDAY: Final = r"(?:(?P<weekday>[A-Za-z]{3,9})\.?,? )?"
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>[A-Za-z]{{3,9}})\.? (?P<day>[0-9]{{1,2}}),? (?P<year>[0-9]{{4}})"
)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}}) (?P<month>[A-Za-z]{{3,9}})\.?,? (?P<year>[0-9]{{4}})"
)


class NotADay(ValueError):
    """What was typed is not a calendar date; the message says what to type instead."""


def parse_day(text: str) -> date:
    """Read a date as typed: month/day/year, year-month-day, or with its month in words, as it is printed here.

    Raises: NotADay. A year is never guessed from two digits; a weekday must be that day's.
    """
    text = " ".join(text.split(" ")).strip(" ")
    weekday = ""
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _US.fullmatch(text):
        month, day, year = (int(part) for part in match.groups())
    elif (match := _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)) and (
        month := _one_of(MONTHS, match["month"])
    ):
        day, year, weekday = int(match["day"]), int(match["year"]), match["weekday"] or ""
        if weekday and not _one_of(WEEKDAYS, weekday):
            raise NotADay(_what_to_type(text))
    else:
        raise NotADay(_what_to_type(text))
    found = _day_of(year, month, day)
    if weekday and _one_of(WEEKDAYS, weekday) != found.isoweekday():
        named = WEEKDAYS[_one_of(WEEKDAYS, weekday) - 1]
        raise NotADay(
            f"{without_weekday(found)} is a {WEEKDAYS[found.weekday()]}, not a {named}. Check the day and the weekday."
        )
    return found


def in_words(day: date) -> str:
    """With its weekday: "Monday, November 23, 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {without_weekday(day)}"


def without_weekday(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def short(day: date) -> str:
    """For a narrow column, still with letters for the month: "Mon, Nov 23, 2026"."""
    return f"{WEEKDAYS[day.weekday()][:3]}, {MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def short_span(first: date, last: date) -> str:
    """ "Mon, Nov 23, 2026 to Sun, Nov 29, 2026"; a single day is said once."""
    return short(first) if first == last else f"{short(first)} to {short(last)}"


def _day_of(year: int, month: int, day: int) -> date:
    """Raises: NotADay."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotADay(f"Check the year: enter one from {EARLIEST_YEAR} to {LATEST_YEAR}.")
    if not 1 <= month <= len(MONTHS):
        raise NotADay(f"There is no month {month}. Enter month, day, year, for example 11/23/2026.")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(f"{MONTHS[month - 1]} {year} has no day {day}. Check the date.") from None


def _one_of(names: tuple[str, ...], begun: str) -> int:
    """The place of the one name that begins so, from 1; 0 where none does, or several do."""
    starts = [number for number, name in enumerate(names, 1) if name.lower().startswith(begun.lower())]
    return starts[0] if len(starts) == 1 else 0


def _what_to_type(text: str) -> str:
    example = "Enter month, day and year, for example 11/23/2026."
    if not text:
        return example
    if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}", text):
        return "Enter the year with four digits, for example 11/23/2026."
    if re.fullmatch(r"[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{2,4}", text):
        return "Use / between month, day and year, for example 11/23/2026."
    return f"This is not a date we can read. {example}"
