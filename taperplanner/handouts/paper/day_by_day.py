"""A schedule unrolled into its calendar days: the months of a calendar, the lines of a checklist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, TypeVar

from taperplanner.days import WEEKDAYS
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import DatedStep

from .ending import staying_run
from .language import Translator, in_words, month_in_words, without_year
from .remaining import Remaining, starts_line
from .taking import Times, take_lines

LONGEST_DAYS: Final = 1_100  # three years: more than that is a book, and the table has it on a few pages
DIARY_DAYS: Final = 28
DAYS_OF_A_WEEK: Final = 7
Cell = TypeVar("Cell")


class CannotLayOut(Exception):
    """This schedule does not fit this layout; the message says what to choose instead."""


@dataclass(frozen=True, slots=True)
class Day:
    """`times`: only those at which something is taken. `change`: what begins or goes on on this day, if anything does.

    `says`: instead of doses, what holds from this day on. A day that is not covered says nothing of doses.
    `start`: what marks the day the paper begins with; nothing on the others.
    """

    day: str
    number: str
    start: str = ""
    change: str = ""
    times: Times = ()
    says: str = ""
    is_covered: bool = True


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks`: seven cells each, Sunday first; None where the week reaches into another month."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day | None, ...], ...]


def days_of(left: Remaining, drug: str, t: Translator) -> tuple[Day, ...]:
    """Each day that is left, and the day after it with how the schedule ends. Raises: CannotLayOut."""
    return tuple(day for _, day in _days(left, drug, t))


def months_of(left: Remaining, drug: str, t: Translator) -> tuple[Month, ...]:
    """From the month of the first day that is left; what is over in it is said to be over. Raises: CannotLayOut."""
    covered, staying = dict(_days(left, drug, t)), _staying(left.schedule, t)
    first = left.first_day.replace(day=1)
    last = max(covered)
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    while every[-1].month == (every[-1] + timedelta(days=1)).month:
        every.append(every[-1] + timedelta(days=1))

    def other(day: date) -> Day:
        if day > last:
            return _after(left.schedule, day, drug, t, staying)
        over = t("over") if day >= left.schedule.first_day else ""
        return Day(in_words(day, t), str(day.day), says=over, is_covered=False)

    return tuple(
        _month(list(days), covered, other, t)
        for _, days in groupby(every, key=lambda day: (day.year, day.month))
    )


def diary_days(left: Remaining, t: Translator) -> tuple[str, ...]:
    """From the first day that is left on; the patient writes beside each. The year stands where it begins."""
    rest = (left.first_day + timedelta(days=offset) for offset in range(1, DIARY_DAYS))
    return (starts_line(left, t), *(_in_its_year(day, t) for day in rest))


def _in_its_year(day: date, t: Translator) -> str:
    return in_words(day, t) if (day.month, day.day) == (1, 1) else without_year(day, t)


def _days(left: Remaining, drug: str, t: Translator) -> Iterator[tuple[date, Day]]:
    schedule = left.schedule
    if left.is_over:
        raise CannotLayOut(
            "Every step of this schedule is over, so no day of it is left to print. Choose the schedule table: it"
            " says what holds now."
        )
    if (schedule.last_day - left.first_day).days >= LONGEST_DAYS:
        raise CannotLayOut(
            "This schedule is longer than three years, too long for a page of each day. Choose the schedule table."
        )
    for dated in left.steps:
        for offset in range((dated.last_day - dated.first_day).days + 1):
            day = dated.first_day + timedelta(days=offset)
            is_first, number = day == left.first_day, dated.step.position
            change = "" if offset else t("Step {number} starts", number=number)
            if is_first and left.goes_on:
                change = t("Step {number} goes on", number=number)
            start = starts_line(left, t) if is_first else ""
            yield day, _day(dated, day, schedule, drug, t, start=start, change=change)
    yield schedule.day_after, _after(schedule, schedule.day_after, drug, t, _ends(schedule, drug, t))


def _day(
    dated: DatedStep,
    day: date,
    schedule: Schedule,
    drug: str,
    t: Translator,
    *,
    start: str = "",
    change: str = "",
) -> Day:
    """What a day of this step takes, also after its last one."""
    times = tuple((name, lines) for name, lines in take_lines(dated.on(day), schedule, t) if lines)
    nothing = "" if times else t("Take no {drug}.", drug=drug)
    return Day(in_words(day, t), str(day.day), start, change, times, nothing)


def _after(schedule: Schedule, day: date, drug: str, t: Translator, says: str) -> Day:
    """A day after the steps; where a step is stayed on whose days are not alike, with what this one takes."""
    run = staying_run(schedule)
    if schedule.ending is Ending.STOP or run.is_alike:
        return Day(in_words(day, t), str(day.day), says=says, is_covered=bool(says))
    return _day(run.dated, day, schedule, drug, t, change=says)


def _ends(schedule: Schedule, drug: str, t: Translator) -> str:
    if schedule.ending is Ending.STOP:
        return t("STOP. Take no more {drug} from this day on.", drug=drug)
    last = schedule.steps[-1].position
    return t("Stay on step {number} from this day on, until your clinic tells you.", number=last)


def _staying(schedule: Schedule, t: Translator) -> str:
    """What each day after the schedule says, where it ends in staying; a grey day would look like a stop."""
    if schedule.ending is Ending.STOP:
        return ""
    return t("Stay on step {number}.", number=schedule.steps[-1].position)


def _month(days: list[date], covered: dict[date, Day], other: Callable[[date], Day], t: Translator) -> Month:
    cells = [covered.get(day) or other(day) for day in days]
    return Month(month_in_words(days[0], t), weekday_names(t), weeks_of(cells, days[0]))


def weekday_names(t: Translator) -> tuple[str, ...]:
    """As the columns of a calendar: Sunday first."""
    return tuple(t.listed(name) for name in (WEEKDAYS[-1], *WEEKDAYS[:-1]))


def weeks_of(days: Sequence[Cell], first: date) -> tuple[tuple[Cell | None, ...], ...]:
    """The days of a month in rows of seven, from its first day on."""
    before: list[Cell | None] = [None] * ((first.weekday() + 1) % DAYS_OF_A_WEEK)
    cells = [*before, *days]
    cells += [None] * (-len(cells) % DAYS_OF_A_WEEK)
    return tuple(
        tuple(cells[start : start + DAYS_OF_A_WEEK]) for start in range(0, len(cells), DAYS_OF_A_WEEK)
    )
