"""When somebody was born: the day, or only its year where no more is known. No day is ever made up. Pure.

>>> parse_birth("03/04/1961").in_words, parse_birth("1961").in_words
('March 4, 1961', '1961')
>>> str(parse_birth("1961").age_on(date(2026, 3, 4)))
'64 or 65 years'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from taperplanner.days import parse_day, without_weekday
from taperplanner.partial_days import parse_partial_day

from .ages import Age, whole_years

_YEAR: Final = re.compile(r" *[0-9]{4} *")


@dataclass(frozen=True, slots=True)
class Birth:
    """Either is there, never both: whoever needs a day must say what holds where only the year is known.

    Two that are equal need not be one person's: `matches` says whether they can tell somebody from others.
    """

    day: date | None = None
    only_year: int | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.only_year is None):
            raise ValueError("a birth is a day or a year")

    def __str__(self) -> str:
        return self.in_words

    @property
    def year(self) -> int:
        return int(self.iso[:4])

    @property
    def iso(self) -> str:
        """ "1961-03-04", or "1961"."""
        return written(self.day, self.only_year)

    @property
    def in_words(self) -> str:
        """ "March 4, 1961", or "1961"."""
        return without_weekday(self.day) if self.day else str(self.only_year)

    @property
    def as_typed(self) -> str:
        """ "03/04/1961", or "1961"."""
        return self.day.strftime("%m/%d/%Y") if self.day else str(self.only_year)

    def age_on(self, day: date) -> Age:
        if self.day:
            years = whole_years(self.day, day)
            return Age(years, years)
        youngest, oldest = (
            whole_years(born, day) for born in (date(self.year, 12, 31), date(self.year, 1, 1))
        )
        return Age(max(0, youngest), max(0, oldest))

    def is_after(self, partial: str) -> bool:
        """Whether all of a partial day, as `partial_days` writes it, lies before it for certain."""
        return partial < self.iso[: len(partial)]

    def matches(self, other: Birth) -> bool:
        """Whether both are known to be one day. A year matches nobody, so nothing is put together by it unasked."""
        return self.day is not None and self.day == other.day

    def could_be(self, other: Birth) -> bool:
        """Whether both may be one day."""
        return self.day == other.day if self.day and other.day else self.year == other.year


def parse_birth(text: str) -> Birth:
    """Raises: NotADay, whose message says what to type."""
    if _YEAR.fullmatch(text):
        return Birth(only_year=int(parse_partial_day(text)))
    return Birth(parse_day(text))


def written(day: date | None, only_year: int | None) -> str:
    """As it is signed. Whatever the two columns hold, another pair of them is written in another way."""
    return " ".join(
        [*([day.isoformat()] if day else []), *([str(only_year)] if only_year is not None else [])]
    )
