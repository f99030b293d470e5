"""A schedule unrolled into its calendar days: the months of a calendar, the lines of a checklist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from taperplanner.days import WEEKDAYS
from taperplanner.tapers.schedule import Ending, Schedule

from .handout import TakeLine, take_lines
from .language import Say, in_words, month_in_words

LONGEST_DAYS: Final = 1_100  # three years: more than that is a book, and the table has it on a few pages
DIARY_DAYS: Final = 28
DAYS_OF_A_WEEK: Final = 7


class CannotLayOut(Exception):
    """This schedule does not fit this layout; the message says what to choose instead."""


@dataclass(frozen=True, slots=True)
class Day:
    """`times`: only those at which something is taken. `change`: what begins on this day, if anything does.

    `says`: instead of doses, what holds from this day on. A day that is not covered says nothing.
    """

    day: str
    number: str
    change: str = ""
    times: tuple[tuple[str, tuple[TakeLine, ...]], ...] = ()
    says: str = ""
    is_covered: bool = True


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks`: seven cells each, Sunday first; None where the week reaches into another month."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day | None, ...], ...]
    days: tuple[Day, ...]


def days_of(schedule: Schedule, drug: str, say: Say) -> tuple[Day, ...]:
    """Each day of the schedule, and the day after it with how it ends. Raises: CannotLayOut."""
    return tuple(day for _, day in _days(schedule, drug, say))


def months_of(schedule: Schedule, drug: str, say: Say) -> tuple[Month, ...]:
    """Raises: CannotLayOut."""
    covered, staying = dict(_days(schedule, drug, say)), _staying(schedule, say)
    first = schedule.first_day.replace(day=1)
    last = max(covered)
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    while every[-1].month == (every[-1] + timedelta(days=1)).month:
        every.append(every[-1] + timedelta(days=1))
    return tuple(
        _month(list(days), covered, staying, say)
        for _, days in groupby(every, key=lambda day: (day.year, day.month))
    )


def diary_days(first: date, say: Say) -> tuple[str, ...]:
    """From the day of the print on; the patient writes beside each."""
    return tuple(in_words(first + timedelta(days=offset), say) for offset in range(DIARY_DAYS))


def _days(schedule: Schedule, drug: str, say: Say) -> Iterator[tuple[date, Day]]:
    if (schedule.last_day - schedule.first_day).days >= LONGEST_DAYS:
        raise CannotLayOut(
            "This schedule is longer than three years, too long for a page of each day. Choose the schedule table."
        )
    for dated in schedule.dated_steps():
        times = tuple(
            (name, lines) for name, lines in take_lines(dated.step, schedule.products, say) if lines
        )
        for offset in range(dated.step.days):
            day = dated.first_day + timedelta(days=offset)
            change = "" if offset else say("Step {number} starts", number=dated.step.position)
            nothing = "" if times else say("Take no {drug}.", drug=drug)
            yield day, Day(in_words(day, say), str(day.day), change, times, nothing)
    day = schedule.day_after
    yield day, Day(in_words(day, say), str(day.day), says=_ends(schedule, drug, say))


def _ends(schedule: Schedule, drug: str, say: Say) -> str:
    if schedule.ending is Ending.STOP:
        return say("STOP. Take no more {drug} from this day on.", drug=drug)
    last = schedule.steps[-1].position
    return say("Stay on step {number} from this day on, until your clinic tells you.", number=last)


def _staying(schedule: Schedule, say: Say) -> str:
    """What each day after the schedule says, where it ends in staying; a grey day would look like a stop."""
    if schedule.ending is Ending.STOP:
        return ""
    return say("Stay on step {number}.", number=schedule.steps[-1].position)


def _other_day(day: date, says: str, say: Say) -> Day:
    return Day(in_words(day, say), str(day.day), says=says, is_covered=bool(says))


def _month(days: list[date], covered: dict[date, Day], staying: str, say: Say) -> Month:
    before: list[Day | None] = [None] * ((days[0].weekday() + 1) % DAYS_OF_A_WEEK)
    inside = [covered.get(day) or _other_day(day, staying if day > max(covered) else "", say) for day in days]
    cells = [*before, *inside]
    cells += [None] * (-len(cells) % DAYS_OF_A_WEEK)
    return Month(
        title=month_in_words(days[0], say),
        weekdays=tuple(say.one_of(name) for name in (WEEKDAYS[-1], *WEEKDAYS[:-1])),
        weeks=tuple(
            tuple(cells[start : start + DAYS_OF_A_WEEK]) for start in range(0, len(cells), DAYS_OF_A_WEEK)
        ),
        days=tuple(covered[day] for day in days if day in covered),
    )
