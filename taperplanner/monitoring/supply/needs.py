"""What the signed schedules take of one product, as runs of days that are alike or repeat. Exact, in thousandths.

every day alike    1 1 1 1 1 1 1      in turn: 1
alternate days     1 ½ 1 ½ 1 ½ 1      in turn: 1, ½
by weekday         1 0 1 0 1 0 0      in turn: from the weekday of its first day on
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from taperplanner.doses import Quantity, total_quantity
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import DatedStep

# A signed schedule with the days for which it answers; a last day of None: until something replaces it.
Span = tuple[Schedule, date, date | None]


@dataclass(frozen=True, slots=True)
class Need:
    """What is taken of one product through a run of days. A last day of None: without an end.

    Shape of `in_turn`: the quantity of the first day, of the second …, then again from its first; one where all are
    alike. Not all are nothing.
    """

    first_day: date
    last_day: date | None
    in_turn: tuple[Quantity, ...]

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def on(self, day: date) -> Quantity:
        return self.in_turn[(day - self.first_day).days % len(self.in_turn)]

    def in_days(self, first: date, days: int) -> int:
        """In all, in thousandths, on so many days of it."""
        rounds, rest = divmod(days, len(self.in_turn))
        return sum(self._from(first, len(self.in_turn))) * rounds + sum(self._from(first, rest))

    def days_there(self, first: date, stock: int) -> int:
        """On how many days from this one on all is there, in a row."""
        rounds, left = divmod(stock, self.in_days(first, len(self.in_turn)))
        sums = accumulate(self._from(first, len(self.in_turn)))
        return rounds * len(self.in_turn) + sum(total <= left for total in sums)

    def last_taking(self, day: date) -> date:
        """The last day up to this one on which anything is taken."""
        back = range(len(self.in_turn))
        return next(before for at in back if self.on(before := day - timedelta(days=at)))

    def _from(self, first: date, days: int) -> list[int]:
        return [self.on(first + timedelta(days=at)).thousandths for at in range(days)]


def needs_of(spans: Sequence[Span], product: int) -> list[Need]:
    """What the versions that answer take of a product, oldest first, without days that take none."""
    found = []
    for schedule, first, until in spans:
        for dated, begins, ends in _days_of(schedule):
            last = ends if until is None else until if ends is None else min(ends, until)
            starts = max(begins, first)
            in_turn = _in_turn(dated, starts, product)
            if any(in_turn) and (last is None or last >= starts):
                found.append(Need(starts, last, in_turn))
    return found


def needed(needs: Sequence[Need], first_day: date, last_day: date) -> Quantity:
    """In all, from the first day to the last, both counted."""
    found = []
    for need in needs:
        starts = max(need.first_day, first_day)
        ends = last_day if need.last_day is None else min(need.last_day, last_day)
        if ends >= starts:
            found.append(Quantity(need.in_days(starts, (ends - starts).days + 1)))
    return total_quantity(found)


def _days_of(schedule: Schedule) -> Iterator[tuple[DatedStep, date, date | None]]:
    """Each step with its days, and the last one again with those on which it is stayed on."""
    dated = None
    for dated in schedule.dated_steps():
        yield dated, dated.first_day, dated.last_day
    if dated and schedule.ending is Ending.STAY:
        yield dated, schedule.day_after, None


def _in_turn(dated: DatedStep, first: date, product: int) -> tuple[Quantity, ...]:
    """What is taken of the product on this day, the next …, until the step repeats."""
    days = (first + timedelta(days=at) for at in range(len(dated.step.regimens)))
    return tuple(
        total_quantity(dose.quantity for dose in dated.on(day).doses if dose.product == product)
        for day in days
    )
