"""On which day of its pattern a step of a draft begins.

A pattern that is typed begins with its first day. One that was carried over goes on as it was signed: from the day that
its rhythm has come to where it is running on the draft's first day, and otherwise from the day on which it was signed
to begin. The provider may choose another day, and has to where neither can be said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..schedule.course import Course, CourseStep
from .revising import origin_of, signed_steps
from .typed import Origin, TypedStep


@dataclass(frozen=True, slots=True)
class Start:
    """`day`: from 1; None: to be chosen. `as_signed`: the day that it is where nobody chooses one.

    `is_running`: that day is the one that the rhythm of a running pattern has come to.
    """

    day: int | None = 1
    as_signed: int | None = 1
    is_running: bool = False

    @property
    def goes_on(self) -> bool:
        return self.is_running and self.day == self.as_signed


def starts_of(steps: Sequence[TypedStep], first_day: date | None, course: Course[Any] | None) -> list[Start]:
    """For each step. `first_day`: the draft's."""
    signed = signed_steps(course) if course else {}
    return [
        _start_of(position, typed, first_day, _origin(typed, course, signed))
        for position, typed in enumerate(steps, 1)
    ]


def _start_of(
    position: int, typed: TypedStep, first_day: date | None, origin: CourseStep[Any] | None
) -> Start:
    if not typed.pattern.is_used or typed.pattern.is_by_weekday:
        return Start()
    start = Start()
    if origin and len(origin.dated.step.regimens) == typed.pattern.length:
        start = _as_signed(position, first_day, origin)
    return replace(start, day=typed.pattern.chosen_start or start.as_signed)


def _as_signed(position: int, first_day: date | None, origin: CourseStep[Any]) -> Start:
    if first_day is None or origin.dated.step.by_weekday:
        return Start(None, None)
    if first_day <= origin.first_day:
        return Start(as_signed=origin.dated.step.starts_on)
    if position == 1 and (origin.last_day is None or first_day <= origin.last_day):
        day = origin.dated.step.index_on(first_day, origin.dated.first_day) + 1
        return Start(as_signed=day, is_running=True)
    return Start(None, None)


def _origin(
    typed: TypedStep, course: Course[Any] | None, signed: Mapping[Origin, CourseStep[Any]]
) -> CourseStep[Any] | None:
    """The signed step that a pattern was carried over from, or takes the same as."""
    origin = origin_of(typed, course) if course and typed.pattern.is_used else None
    return signed.get(origin) if origin else None
