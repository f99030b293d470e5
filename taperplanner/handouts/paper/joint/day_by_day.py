"""Several schedules unrolled into the days of one calendar or checklist, each medicine under its own name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from taperplanner.tapers.schedule.schedule import DatedStep, Phase, TimeOfDay

from ..content import TakeLine, take_lines
from ..day_by_day import DAYS_OF_A_WEEK, LONGEST_DAYS, CannotLayOut
from ..labels import time_name
from ..language import Translator, in_words, month_in_words, without_year
from ..remaining import Remaining


@dataclass(frozen=True, slots=True)
class Medicine:
    """What is left of the schedule of one drug."""

    drug: str
    left: Remaining


@dataclass(frozen=True, slots=True)
class Taken:
    """One medicine at one time of day."""

    drug: str
    lines: tuple[TakeLine, ...]


@dataclass(frozen=True, slots=True)
class JointDay:
    """`says`: a sentence of each medicine that begins, changes, is stayed on or is not taken, each naming its own.

    `times`: only those at which something is taken. A medicine stands in either, or in both. `start`: what marks the
    day the paper begins with. A day that is not covered is before that one, or after the last.
    """

    day: str
    number: str
    start: str = ""
    says: tuple[str, ...] = ()
    times: tuple[tuple[str, tuple[Taken, ...]], ...] = ()
    is_covered: bool = True


@dataclass(frozen=True, slots=True)
class JointMonth:
    """`weeks`: seven cells each, Sunday first; None where the week reaches into another month."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[JointDay | None, ...], ...]


def joint_days(medicines: Sequence[Medicine], begins: date, t: Translator) -> tuple[JointDay, ...]:
    """Each day that is left of any of them, and the day after the last. Raises: CannotLayOut."""
    return tuple(_day(medicines, day, begins, t) for day in _days(medicines, begins))
