"""Dates that are far from a related date: how far, in words. `forms.AsksAboutFarDays` asks about them in a form.

    distance(date(2026, 11, 27), date(2036, 3, 1))     "9 years and 3 months"
    Near("today", date(2026, 11, 27), after=QUARTER).question(date(2036, 3, 1))
        "Saturday, March 1, 2036 is 9 years and 3 months after today."

How far is too far depends on what the date is of; each limit has its reason here.
No dose and no length of a step is judged by it, and no other date is ever offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from .days import in_words

# Within it a supervised plan is reviewed (the 2025 guideline: at least every 3 months). A first day
# beyond it, or something that was dispensed or reported that long before its plan, is a slip as often as not.
QUARTER: Final = 92
# Follow-ups after the end of a plan are made for half a year or a year, never for longer without another in between.
YEAR: Final = 366
_MONTHS: Final = 12
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Near:
    """A day that another one should be near. Unit: days that it may be `before` or `after`; None: any."""

    words: str
    day: date
    before: int | None = None
    after: int | None = None

    def question(self, day: date) -> str:
        """A sentence that says how far the day is; empty where it is near enough."""
        away = (day - self.day).days
        most = self.after if away > 0 else self.before
        if most is None or abs(away) <= most:
            return ""
        side = "after" if away > 0 else "before"
        return f"{in_words(day)} is {distance(*sorted((self.day, day)))} {side} {self.words}."


def distance(first: date, last: date) -> str:
    """Whole years and months by the calendar; weeks or days where it is less than a month."""
    months = (last.year - first.year) * _MONTHS + last.month - first.month - (last.day < first.day)
    if months <= 0:
        days = (last - first).days
        weeks, rest = divmod(days, _WEEK)
        return _counted(weeks, "week") if weeks and not rest else _counted(days, "day")
    years, months = divmod(months, _MONTHS)
    parts = [_counted(number, unit) for number, unit in ((years, "year"), (months, "month")) if number]
    return " and ".join(parts)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
