"""Dates of which only the year, or the month and year, may be known. No clock in here.

Shape: ISO 8601 cut short: "2014", "2014-03" or "2014-03-02". Nothing is filled in that was not said.

    >>> parse_partial_day("March 2014"), parse_partial_day("3/2014"), parse_partial_day("2014")
    ('2014-03', '2014-03', '2014')
    >>> partial_day_in_words("2014-03")
    'March 2014'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.utils.formats import date_format

from taperplanner.days import EARLIEST_YEAR, LATEST_YEAR, NotADay, parse_day, without_weekday

_YEAR = re.compile(r"([0-9]{4})")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_US_MONTH = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_MONTH_IN_WORDS = re.compile(r"([A-Za-z]{3,9})\.?,? ([0-9]{4})")
_MONTHS: Final = 12
EXAMPLES: Final = "03/02/2014, 03/2014 or 2014"


def parse_partial_day(text: str) -> str:
    """Raises: NotADay, whose message says what to type."""
    text = " ".join(text.split())
    if match := _YEAR.fullmatch(text):
        return f"{_checked_year(match[1]):04}"
    if match := _ISO_MONTH.fullmatch(text):
        return _month(match[1], match[2])
    if match := _US_MONTH.fullmatch(text):
        return _month(match[2], match[1])
    if match := _MONTH_IN_WORDS.fullmatch(text):
        # The day is borrowed, so that one parser knows the names of the months.
        return _parse_whole(f"{match[1]} 1, {match[2]}").isoformat()[:7]
    return _parse_whole(text).isoformat()


def is_after(partial: str, day: date) -> bool:
    """Whether all of it lies after the day. The day's own month and year do not."""
    return partial > day.isoformat()[: len(partial)]


def partial_day_in_words(partial: str) -> str:
    year, *rest = (int(part) for part in partial.split("-")) if partial else (0,)
    match rest:
        case []:
            return str(year) if partial else ""
        case [month]:
            return date_format(date(year, month, 1), "F Y")
        case _:
            return without_weekday(date.fromisoformat(partial))


def partial_day_as_typed(partial: str) -> str:
    """As it stands in its text box again: month first."""
    year, *rest = partial.split("-")
    return "/".join([*rest, year])


def _parse_whole(text: str) -> date:
    try:
        return parse_day(text)
    except NotADay as problem:
        if "not a date we can read" in str(problem) or not text:
            raise NotADay(f"This is not a date we can read. Enter it like {EXAMPLES}.") from None
        raise


def _month(year: str, month: str) -> str:
    checked = _checked_year(year)
    if not 1 <= int(month) <= _MONTHS:
        raise NotADay(f"There is no month {int(month)}. Enter the date like {EXAMPLES}.")
    return f"{checked:04}-{int(month):02}"


def _checked_year(text: str) -> int:
    if not EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        raise NotADay(f"Check the year: enter one from {EARLIEST_YEAR} to {LATEST_YEAR}.")
    return int(text)
