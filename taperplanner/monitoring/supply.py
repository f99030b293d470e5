"""Tablets counted against the signed schedule, day by day, in thousandths. It counts; it proposes nothing.

Parts are kept: half a tablet taken leaves the other half. Equal days are taken together as a run, and
a property test holds the runs against a walk over every single day.

    dispensed  14        14
    taken      1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 …
    short on                                      the first day whose doses are not all there
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from taperplanner.doses import Quantity, total_quantity
from taperplanner.tapers.schedule import Ending, Schedule, ScheduleStep

ONE_DAY = timedelta(days=1)
# A signed schedule with the days for which it answers; a last day of None: until something replaces it.
Span = tuple[Schedule, date, date | None]


@dataclass(frozen=True, slots=True)
class Need:
    """As much of one product is taken on each day of a run. A last day of None: without an end."""

    first_day: date
    last_day: date | None
    each_day: Quantity


@dataclass(frozen=True, slots=True)
class Fill:
    day: date
    quantity: Quantity


def needs_of(spans: Sequence[Span], product: int) -> list[Need]:
    """What the versions that answer take of a product, oldest first, without days that take none."""
    found = []
    for schedule, first, until in spans:
        for step, begins, ends in _days_of(schedule):
            last = ends if until is None else until if ends is None else min(ends, until)
            each_day = total_quantity(dose.quantity for dose in step.doses if dose.product == product)
            starts = max(begins, first)
            if each_day and (last is None or last >= starts):
                found.append(Need(starts, last, each_day))
    return found


def needed(needs: Sequence[Need], first_day: date, last_day: date) -> Quantity:
    """In all, from the first day to the last, both counted."""
    found = []
    for need in needs:
        starts = max(need.first_day, first_day)
        ends = last_day if need.last_day is None else min(need.last_day, last_day)
        if ends >= starts:
            found.append(need.each_day.times((ends - starts).days + 1))
    return total_quantity(found)


def first_day_short(needs: Sequence[Need], fills: Sequence[Fill]) -> date | None:
    """The first day, from the first fill on, whose doses are not all there. None: it lasts.

    What is dispensed on a day is there for that day.
    """
    if not fills:
        return None
    stock = 0
    waiting = sorted(fills, key=lambda fill: fill.day)
    for need in _cut(needs, [fill.day for fill in waiting]):
        while waiting and waiting[0].day <= need.first_day:
            stock += waiting.pop(0).quantity.thousandths
        days_there = stock // need.each_day.thousandths
        if need.last_day is None or days_there <= (need.last_day - need.first_day).days:
            lasts_beyond_all_dates = days_there > (date.max - need.first_day).days
            return None if lasts_beyond_all_dates else need.first_day + timedelta(days=days_there)
        stock -= need.each_day.times((need.last_day - need.first_day).days + 1).thousandths
    return None


def _days_of(schedule: Schedule) -> Iterator[tuple[ScheduleStep, date, date | None]]:
    for dated in schedule.dated_steps():
        yield dated.step, dated.first_day, dated.last_day
    if schedule.ending is Ending.STAY:
        yield schedule.steps[-1], schedule.day_after, None


def _cut(needs: Sequence[Need], days: Sequence[date]) -> Iterator[Need]:
    """The needs from the first of the days on, cut where one of the days begins."""
    for need in needs:
        starts = max(need.first_day, days[0])
        if need.last_day is not None and need.last_day < starts:
            continue
        for day in days:
            if day > starts and (need.last_day is None or day <= need.last_day):
                yield Need(starts, day - ONE_DAY, need.each_day)
                starts = day
        yield Need(starts, need.last_day, need.each_day)
