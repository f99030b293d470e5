"""When a follow-up is due, and where it stands on a day. Pure: the clinic's today is passed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from taperplanner.tapers.schedule import DatedStep, Schedule


class Standing(StrEnum):
    """A day's view of a follow-up. The day it is due on still counts as due, not as overdue."""

    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


def standing(status: str, due_on: date, today: date) -> Standing:
    """`status`: one of `models.Status`; only an open one depends on the day."""
    if status != "open":
        return Standing(status)
    return Standing.OVERDUE if due_on < today else Standing.DUE


@dataclass(frozen=True, slots=True)
class Hanging:
    """A day that follows from a step and from the days that were typed."""

    step: DatedStep
    due_on: date

    @property
    def offset_days(self) -> int:
        return (self.due_on - self.step.first_day).days


def with_each_step(schedule: Schedule, *, offset_days: int, today: date) -> Iterator[Hanging]:
    """One for each step, without those whose day has passed."""
    for dated in schedule.dated_steps():
        due_on = dated.first_day + timedelta(days=offset_days)
        if due_on >= today:
            yield Hanging(dated, due_on)
