"""The parts of a step: one for each different day of a pattern, named by its dates, so that nobody has to count.

A part never stands without the days it is for: read by itself it would be taken every day. Its dates are those from
the day of printing on; the numbers of its days are counted from the day on which the step was signed to begin, so that a
day has one number on every copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from taperplanner.days import WEEKDAYS
from taperplanner.tapers.schedule.schedule import Schedule
from taperplanner.tapers.schedule.steps import WEEK, DatedStep, Regimen

from .language import Translator, days_text, in_words, month_in_words
from .taking import Times, take_lines

MOST_DAYS: Final = 62  # two months, of which each date is written
SOME_DAYS: Final = 56  # of a longer run: at most that many, in whole rounds
STAYING_DAYS: Final = 28  # of a run without an end
FEW: Final = 3  # dates that are written in words, each with its weekday
NUMBERS: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """`only`, `days`, `numbers`: for which days it is, in lines; nothing where every day is alike."""

    only: str
    days: tuple[str, ...]
    numbers: str
    dose: str
    in_all: str
    times: Times


@dataclass(frozen=True, slots=True)
class Run:
    """Days of a step, from the first that a paper tells of. `last_day`: None where it is stayed on.

    `signed_first_day`: the day on which the step begins as it was signed.
    """

    dated: DatedStep
    first_day: date
    last_day: date | None
    signed_first_day: date

    @property
    def count(self) -> int | None:
        return None if self.last_day is None else (self.last_day - self.first_day).days + 1

    @property
    def is_by_weekday(self) -> bool:
        """Named by weekdays; of a week or less each day has its date."""
        return self.dated.step.by_weekday and (self.count is None or self.count > WEEK)

    @property
    def period(self) -> int:
        return len(self.dated.step.regimens)

    @property
    def written(self) -> int:
        """How many of its days are written out."""
        if self.is_by_weekday:
            return WEEK
        if self.count is not None and self.count <= MOST_DAYS:
            return self.count
        return (STAYING_DAYS if self.count is None else SOME_DAYS) // self.period * self.period

    @property
    def goes_on(self) -> bool:
        """Whether dates follow that are not written."""
        return not self.is_by_weekday and self.written != self.count

    @property
    def last_written(self) -> date:
        return self.first_day + timedelta(days=self.written - 1)

    def different(self) -> dict[Regimen, list[date]]:
        """Each different regimen of its days with those it is taken on, in the order in which they come."""
        found: dict[Regimen, list[date]] = {}
        for offset in range(self.written):
            day = self.first_day + timedelta(days=offset)
            found.setdefault(self.dated.on(day), []).append(day)
        return found

    @property
    def is_alike(self) -> bool:
        one_round = min(self.count or self.period, self.period)
        days = (self.first_day + timedelta(days=offset) for offset in range(one_round))
        return len({self.dated.on(day) for day in days}) == 1


def parts_of(run: Run, schedule: Schedule, t: Translator) -> tuple[Part, ...]:
    """One or more; of more than one each names its days."""
    if run.is_alike:
        return (_every_day(run, schedule, t),)
    return tuple(_part(run, regimen, days, schedule, t) for regimen, days in run.different().items())


def look_line(run: Run, t: Translator) -> str:
    """That the days are not alike, and how to find today; nothing where they are."""
    if run.is_alike:
        return ""
    if run.is_by_weekday:
        return t("This step is not the same each day. Look for today's day of the week.")
    return t("This step is not the same each day. Look for today's date.")


def goes_on_line(run: Run, t: Translator) -> str:
    """Where the dates are too many to write them all."""
    if run.is_alike or not run.goes_on:
        return ""
    written = in_words(run.last_written, t)
    if run.last_day is None:
        return t(
            "The dates are printed up to {day}. After that they go on in the same way, every {count} days, until your"
            " clinic tells you. Your clinic can print the next dates for you.",
            day=written,
            count=run.period,
        )
    return t(
        "The dates are printed up to {day}. After that they go on in the same way, every {count} days, up to {last}. Your"
        " clinic can print the next dates for you.",
        day=written,
        count=run.period,
        last=in_words(run.last_day, t),
    )


def days_lines(run: Run, days: Sequence[date], t: Translator) -> tuple[str, ...]:
    """ "Monday, Wednesday and Friday"; "March 2026: 2, 4, 6, 8"; a few dates each in words."""
    if run.is_by_weekday:
        numbers = sorted(day.weekday() for day in days)
        return (_listed([t.listed(WEEKDAYS[number]) for number in numbers], t),)
    if len(days) <= FEW:
        return tuple(in_words(day, t) for day in days)
    months = [list(month) for _, month in groupby(days, key=lambda day: (day.year, day.month))]
    lines = [
        t("{month}: {days}", month=month_in_words(month[0], t), days=", ".join(str(day.day) for day in month))
        for month in months
    ]
    return (*lines[:-1], f"{lines[-1]} …" if run.goes_on else lines[-1])


def only_line(run: Run, days: Sequence[date], t: Translator) -> str:
    is_one = len(days) == 1
    if run.is_by_weekday:
        return t("Only on this day of the week:") if is_one else t("Only on these days of the week:")
    return t("Only on this date:") if is_one else t("Only on these dates:")


def _part(run: Run, regimen: Regimen, days: Sequence[date], schedule: Schedule, t: Translator) -> Part:
    dose = str(regimen.dose)
    is_one = len(days) == 1 and not run.is_by_weekday
    return Part(
        only=only_line(run, days, t),
        days=days_lines(run, days, t),
        numbers=_numbers(run, days, t),
        dose=dose,
        in_all=t("{dose} in all on this day", dose=dose)
        if is_one
        else t("{dose} in all on each of these days", dose=dose),
        times=take_lines(regimen, schedule, t),
    )


def _every_day(run: Run, schedule: Schedule, t: Translator) -> Part:
    regimen = run.dated.on(run.first_day)
    dose, count = str(regimen.dose), run.count
    return Part(
        only="",
        days=(),
        numbers="",
        dose=dose,
        in_all=t("{dose} in all each day", dose=dose)
        if count is None
        else t("{days}, {dose} in all each day", days=days_text(count, t), dose=dose),
        times=take_lines(regimen, schedule, t),
    )


def _numbers(run: Run, days: Sequence[date], t: Translator) -> str:
    """ "Day 1, 3, 5 … of this step": the first of them. A weekday says itself, and who stays on a step counts no more."""
    if run.is_by_weekday or run.last_day is None:
        return ""
    in_a_round = sum((day - days[0]).days < run.period for day in days)
    shown = max(NUMBERS, in_a_round + 1)
    numbers = ", ".join(str((day - run.signed_first_day).days + 1) for day in days[:shown])
    is_more = len(days) > shown or run.goes_on
    return t("Day {numbers} of this step", numbers=f"{numbers} …" if is_more else numbers)


def _listed(names: Sequence[str], t: Translator) -> str:
    *before, last = names
    return f"{', '.join(before)} {t('and')} {last}" if before else last
