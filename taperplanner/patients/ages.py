"""Age in whole years, and the ages that guidance names. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

OLDER_FROM_YEARS: Final = 65
ADULT_FROM_YEARS: Final = 18


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """`concern`: what guidance calls it."""

    concern: str
    label: str


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
