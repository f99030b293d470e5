"""Age in whole years, and the ages that guidance names. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

OLDER_FROM_YEARS: Final = 65
ADULT_FROM_YEARS: Final = 18


@dataclass(frozen=True, slots=True)
class Age:
    """In years. Where only the year of birth is known there are two that it may be, except on December 31."""

    least: int
    most: int

    def __str__(self) -> str:
        """ "64 years", or "64 or 65 years"."""
        number = str(self.least) if self.is_certain else f"{self.least} or {self.most}"
        return f"{number} {'year' if self.most == 1 else 'years'}"

    @property
    def is_certain(self) -> bool:
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """`concern`: what guidance calls it."""

    concern: str
    label: str

    @property
    def could_be(self) -> str:
        """ "Could be 65 years or older"."""
        return f"Could be {self.label[:1].lower()}{self.label[1:]}"


OLDER: Final = AgeGroup("age_65_or_more", "65 years or older")
MINOR: Final = AgeGroup("under_18", "Under 18 years")


def whole_years(born: date, day: date) -> int:
    """Age on a day. Someone born on February 29 turns a year older on March 1."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_group(years: int) -> AgeGroup | None:
    """None: of an age that no entry is about."""
    if years >= OLDER_FROM_YEARS:
        return OLDER
    return MINOR if years < ADULT_FROM_YEARS else None


def group_of(age: Age) -> tuple[AgeGroup | None, bool]:
    """The group that somebody of this age is in, or could be in; and whether that is certain."""
    groups = age_group(age.least), age_group(age.most)
    return groups[1] or groups[0], groups[0] == groups[1]
