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
from taperplanner.tapers.lines import NeededLine, needed_line, needed_lines
from taperplanner.tapers.schedule import Ending, Schedule, full_names
from taperplanner.tapers.wording import days_text

from .day_by_day import CannotLayOut

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
    steps: tuple[Run, ...]
    fills: tuple[Run, ...]
    totals: tuple[NeededLine, ...]
    fill_days: str
    ending: str


def summary_of(schedule: Schedule, fill_days: int) -> Summary:
    """`fill_days`: typed by staff. Raises: CannotLayOut."""
    days = (schedule.last_day - schedule.first_day).days + 1
    if -(-days // fill_days) > MOST_FILLS:
        raise CannotLayOut(
            f"Fills of {fill_days} days would be more than {MOST_FILLS}. Enter more days for each fill."
        )
    return Summary(
        steps=tuple(
            Run(
                f"Step {dated.step.position}",
                f"{short(dated.first_day)} to {short(dated.last_day)}, {days_text(dated.step.days)}",
                f"{dated.step.dose} a day",
                _counts(schedule, dated.first_day, dated.last_day),
            )
            for dated in schedule.dated_steps()
        ),
        fills=tuple(_fills(schedule, fill_days)),
        totals=tuple(needed_lines(schedule)),
        fill_days=days_text(fill_days),
        ending=_ending(schedule),
    )


def _fills(schedule: Schedule, fill_days: int) -> Iterator[Run]:
    first, number = schedule.first_day, 1
    while first <= schedule.last_day:
        last = min(first + timedelta(days=fill_days - 1), schedule.last_day)
        days = (last - first).days + 1
        yield Run(
            f"Fill {number}",
            f"{short(first)} to {short(last)}, {days_text(days)}",
            "",
            _counts(schedule, first, last),
        )
        first, number = last + timedelta(days=1), number + 1


def _counts(schedule: Schedule, first: date, last: date) -> tuple[NeededLine, ...]:
    """Of the products that these days take."""
    needed = dict.fromkeys(schedule.products, 0)
    for dated in schedule.dated_steps():
        days = (min(dated.last_day, last) - max(dated.first_day, first)).days + 1
        for dose in dated.step.doses if days > 0 else ():
            needed[dose.product] += dose.quantity.times(days).thousandths
    names = full_names(schedule.products.values())
    return tuple(
        needed_line(schedule.products[number], Quantity(thousandths), names[number])
        for number, thousandths in needed.items()
        if thousandths
    )


def _ending(schedule: Schedule) -> str:
    day = in_words(schedule.day_after)
    if schedule.ending is Ending.STOP:
        return f"From {day} on: none. The counts above are all that the plan takes."
    return (
        f"From {day} on the patient stays on the last step until the clinic changes it. The counts above do not"
        " reach beyond the day before."
    )
