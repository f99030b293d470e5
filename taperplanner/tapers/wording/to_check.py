"""What a second person types of a schedule without seeing it: the dose of each step, and of each day of a pattern.

Equal days are asked one by one: which of them are equal is a part of what is checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from taperplanner.days import WEEKDAYS, short
from taperplanner.doses import Dose

from ..schedule.schedule import Ending, Schedule
from ..schedule.steps import DatedStep


@dataclass(frozen=True, slots=True)
class ToCheck:
    """`day`: of a pattern, "day 2 of 2" or "Tuesday"; empty where every day is alike. `label` shows no dose."""

    name: str
    label: str
    step: int
    day: str
    dose: Dose


def to_check(schedule: Schedule) -> list[ToCheck]:
    dated = list(schedule.dated_steps())
    return [
        one
        for step in dated
        for one in _of(step, is_stayed_on=step is dated[-1] and schedule.ending is Ending.STAY)
    ]


def _of(dated: DatedStep, *, is_stayed_on: bool) -> Iterator[ToCheck]:
    position = dated.step.position
    say = f"Step {position}, {short(dated.first_day)} to {short(dated.last_day)}"
    length = len(dated.step.regimens)
    if not dated.step.is_pattern:
        yield ToCheck(
            f"dose-{position}", f"{say}: daily dose in mg", position, "", dated.on(dated.first_day).dose
        )
        return
    days = [
        dated.first_day + timedelta(days=at)
        for at in range(length if is_stayed_on else min(length, dated.days))
    ]
    for day in sorted(days, key=lambda day: day.weekday()) if dated.step.by_weekday else days:
        number = (day - dated.first_day).days + 1
        name = WEEKDAYS[day.weekday()] if dated.step.by_weekday else f"day {number} of {length}"
        when = f"each {name}" if dated.step.by_weekday else f"{name} of its pattern, first on {short(day)}"
        yield ToCheck(
            f"dose-{position}-{number}",
            f"{say}, {when}: dose of this day in mg",
            position,
            name,
            dated.on(day).dose,
        )
