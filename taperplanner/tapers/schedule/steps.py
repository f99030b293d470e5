"""A step of a schedule: a run of days on one daily regimen, or on a pattern of 2 to 7 days that repeats.

    every day alike    | A A A A A A A |
    a pattern of two   | A B A B A B A |     starting on its second day: | B A B A B A B |
    by weekday         the regimen of a Monday on each Monday, whatever day the step begins on

A pattern has no one daily dose: ask for the regimen of a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import lcm
from typing import Final

from django.db.models import TextChoices

from taperplanner.doses import Dose, Quantity, total_dose

WEEK: Final = 7
LONGEST_PATTERN: Final = 7


class TimeOfDay(TextChoices):
    MORNING = "morning", "Morning"
    NOON = "noon", "Noon"
    EVENING = "evening", "Evening"
    BEDTIME = "bedtime", "Bedtime"


@dataclass(frozen=True, slots=True)
class ScheduleDose:
    time: TimeOfDay
    product: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Regimen:
    """What is taken on one day. `dose` is what was typed for the day."""

    dose: Dose
    doses: tuple[ScheduleDose, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleStep:
    """Shape: one regimen, or 2 to 7 of a pattern; by weekday 7, Monday's first.

    `starts_on`: the day of the pattern that the step's first day is, from 1. By weekday the date says it.
    """

    position: int
    days: int
    regimens: tuple[Regimen, ...]
    note: str = ""
    starts_on: int = 1
    by_weekday: bool = False

    @property
    def is_pattern(self) -> bool:
        return len(self.regimens) > 1

    @property
    def all_doses(self) -> Iterator[ScheduleDose]:
        """Whatever is taken on any of its days: for asking what is used, never how much."""
        return (dose for regimen in self.regimens for dose in regimen.doses)

    def index_on(self, day: date, first_day: date) -> int:
        """Which of its regimens is taken on this day, from 0; the pattern goes on where a last step is stayed on."""
        if self.by_weekday:
            return day.weekday()
        return ((day - first_day).days + self.starts_on - 1) % len(self.regimens)

    def total_in(self, days: int) -> Dose:
        """The total dose of this many days: a whole number of patterns, so that it is the same from any day on."""
        rounds, rest = divmod(days, len(self.regimens))
        assert not rest  # noqa: S101 - `equal_span` gives whole patterns only
        return Dose(total_dose(regimen.dose for regimen in self.regimens).nanograms * rounds)

    def holds_whole(self, days: int) -> bool:
        """Whether this many of its days are whole patterns, and the step is whole patterns as well."""
        return days <= self.days and self.days % len(self.regimens) == 0


def equal_span(one: ScheduleStep, other: ScheduleStep) -> int | None:
    """The days over which the totals of two steps can be compared exactly; None: only day by day."""
    days = lcm(len(one.regimens), len(other.regimens))
    return days if days == 1 or (one.holds_whole(days) and other.holds_whole(days)) else None


@dataclass(frozen=True, slots=True)
class Group:
    """A regimen and the days it is taken on: of the first round, counted from the step's first day, which is 1; by
    weekday 0 for Monday to 6."""

    regimen: Regimen
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DatedStep:
    step: ScheduleStep
    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        """From its first day here to its last: of a rest fewer than the step was signed with."""
        return (self.last_day - self.first_day).days + 1

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def on(self, day: date) -> Regimen:
        """What is taken on a day of it, or after it while it is stayed on."""
        return self.step.regimens[self.step.index_on(day, self.first_day)]

    @property
    def last_dose(self) -> date | None:
        """The last of its days on which something is taken. None: nothing is, on any of them."""
        last_round = range(min(self.days, len(self.step.regimens)))
        days = (self.last_day - timedelta(days=back) for back in last_round)
        return next((day for day in days if self.on(day).doses), None)

    def from_day(self, day: date) -> DatedStep:
        """The rest of it from this day on, in the same rhythm."""
        if self.step.by_weekday or not self.step.is_pattern:
            return replace(self, first_day=day)
        starts_on = self.step.index_on(day, self.first_day) + 1
        return replace(self, step=replace(self.step, starts_on=starts_on), first_day=day)

    def groups(self) -> list[Group]:
        """Each different regimen with its days, in the order in which they first come in this step."""
        step, found = self.step, dict[Regimen, list[int]]()
        for day in range(min(self.days, len(step.regimens))):
            taken = step.index_on(self.first_day + timedelta(days=day), self.first_day)
            found.setdefault(step.regimens[taken], []).append(taken if step.by_weekday else day + 1)
        return [Group(regimen, tuple(sorted(days))) for regimen, days in found.items()]

    def days_up_to(self, day: date | None) -> int:
        """How many of its days are over with this one; none if it begins later."""
        last = self.last_day if day is None else min(self.last_day, day)
        return max((last - self.first_day).days + 1, 0)

    def regimens_up_to(self, day: date | None = None) -> Iterator[tuple[Regimen, int]]:
        """Each of its regimens with how many of its days up to this one, counted too, are on it."""
        days = self.days_up_to(day)
        rounds, rest = divmod(days, len(self.step.regimens))
        last_round = {
            self.step.index_on(self.first_day + timedelta(days=index), self.first_day)
            for index in range(rest)
        }
        for index, regimen in enumerate(self.step.regimens):
            yield regimen, rounds + (index in last_round)
