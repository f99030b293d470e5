"""What a pharmacist counts: units of each product by step and by fill, exactly and in whole ones.

Sums of what was signed, in integers; whole units are rounded up once for a product and a fill. Always
in English, and never a prescription.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from taperplanner.days import in_words, short
from taperplanner.doses import Quantity
from taperplanner.tapers.schedule.schedule import Ending, Schedule, full_names
from taperplanner.tapers.wording.lines import NeededLine, needed_line
from taperplanner.tapers.wording.patterns import doses_of
from taperplanner.tapers.wording.words import days_text

from .as_needed import AsNeededCounts, counts_of
from .day_by_day import CannotLayOut
from .earlier import Earlier
from .remaining import Remaining

MOST_FILLS: Final = 120


@dataclass(frozen=True, slots=True)
class Run:
    """A step or a fill: its days, and how much of each product they take."""

    title: str
    days: str
    dose: str
    counts: tuple[NeededLine, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """`begins`: from which day on it counts, and what holds before."""

    begins: str
    steps: tuple[Run, ...]
    fills: tuple[Run, ...]
    totals: tuple[NeededLine, ...]
    fill_days: str
    ending: str
    as_needed: AsNeededCounts | None = None


def summary_of(left: Remaining, fill_days: int, earlier: Earlier | None = None) -> Summary:
    """What is left to count. `fill_days`: typed by staff. Raises: CannotLayOut."""
    schedule = left.schedule
    if left.is_over:
        raise CannotLayOut(
            "Every step of this schedule is over, so nothing of it is left to count. Choose the schedule table: it"
            " says what holds now."
        )
    days = (schedule.last_day - left.first_day).days + 1
    if -(-days // fill_days) > MOST_FILLS:
        raise CannotLayOut(
            f"Fills of {fill_days} days would be more than {MOST_FILLS}. Enter more days for each fill."
        )
    return Summary(
        begins=_begins(left, earlier),
        steps=tuple(
            Run(
                f"Step {dated.step.position}",
                _days(dated.first_day, dated.last_day),
                doses_of(dated),
                _counts(schedule, dated.first_day, dated.last_day),
            )
            for dated in left.steps
        ),
        fills=tuple(_fills(left, fill_days)),
        totals=_counts(schedule, left.first_day, schedule.last_day),
        fill_days=days_text(fill_days),
        ending=_ending(left),
        as_needed=counts_of(schedule, left.first_day, dict(_spans_of_fills(left, fill_days))),
    )


def _begins(left: Remaining, earlier: Earlier | None) -> str:
    counted = f"Counted from {in_words(left.first_day)} on."
    if earlier is None:
        return counted
    return (
        f"{counted} Up to {in_words(earlier.last_day)} version {earlier.number} of this plan is in force. What it"
        " takes is not counted here."
    )


def _days(first: date, last: date) -> str:
    return f"{short(first)} to {short(last)}, {days_text((last - first).days + 1)}"


def _fills(left: Remaining, fill_days: int) -> Iterator[Run]:
    for title, (first, last) in _spans_of_fills(left, fill_days):
        yield Run(title, _days(first, last), "", _counts(left.schedule, first, last))


def _spans_of_fills(left: Remaining, fill_days: int) -> Iterator[tuple[str, tuple[date, date]]]:
    first, number = left.first_day, 1
    while first <= left.schedule.last_day:
        last = min(first + timedelta(days=fill_days - 1), left.schedule.last_day)
        yield f"Fill {number}", (first, last)
        first, number = last + timedelta(days=1), number + 1


def _counts(schedule: Schedule, first: date, last: date) -> tuple[NeededLine, ...]:
    """Of the products that these days take."""
    before, after = schedule.needed(first - timedelta(days=1)), schedule.needed(last)
    needed = {number: after[number].thousandths - before[number].thousandths for number in schedule.products}
    names = full_names(schedule.products.values())
    return tuple(
        needed_line(schedule.products[number], Quantity(thousandths), names[number])
        for number, thousandths in needed.items()
        if thousandths
    )


def _ending(left: Remaining) -> str:
    day = in_words(left.schedule.day_after)
    if left.schedule.ending is Ending.STOP:
        return f"From {day} on: none. The counts above are all that this version takes from {in_words(left.first_day)} on."
    return (
        f"From {day} on the patient stays on the last step until the clinic changes it. The counts above do not"
        " reach beyond the day before."
    )
