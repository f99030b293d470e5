"""When a follow-up is due, and its state on a day. Pure: the clinic's today is passed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from taperplanner.tapers.schedule.course import Course, CourseStep


class FollowUpState(StrEnum):
    """A day's view of a follow-up. The day it is due on still counts as due, not as overdue."""

    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


def state_of(status: str, due_on: date, today: date) -> FollowUpState:
    """`status`: one of `models.Status`; only an open one depends on the day."""
    if status != "open":
        return FollowUpState(status)
    return FollowUpState.OVERDUE if due_on < today else FollowUpState.DUE


@dataclass(frozen=True, slots=True)
class StepLink:
    """The day of a follow-up that is a typed number of days after a step begins."""

    step: CourseStep[Any]
    due_on: date

    @property
    def offset_days(self) -> int:
        return (self.due_on - self.step.first_day).days

    @property
    def name(self) -> str:
        """Of the step among those of all versions: "2-1" is step 1 of version 2."""
        return f"{self.step.version.number}-{self.step.dated.step.position}"


def with_each_step(course: Course[Any], *, offset_days: int, today: date) -> Iterator[StepLink]:
    """One for each step that takes effect, in the version in force or a later one, if its day has not passed."""
    for step in course.steps():
        due_on = step.first_day + timedelta(days=offset_days)
        if due_on >= today:
            yield StepLink(step, due_on)
