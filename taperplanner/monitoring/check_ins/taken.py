"""What was really taken, as runs of days. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from taperplanner.doses import Dose, Quantity, total_dose
from taperplanner.tapers.schedule.schedule import ScheduleProduct


@dataclass(frozen=True, slots=True, order=True)
class TakenRun:
    """The same daily dose on each day from the first to the last, as the patient said.

    `quantities`: what the dose is the sum of, by the product's number; empty if it was reported in mg.
    """

    first_day: date
    last_day: date
    dose: Dose
    quantities: tuple[tuple[int, Quantity], ...] = field(default=(), compare=False)


def sum_of(quantities: Iterable[tuple[ScheduleProduct, Quantity]]) -> Dose:
    """A day's dose, as the tablets and mL add up to it. Raises: doses.InexactDose."""
    return total_dose(product.strength.times(quantity) for product, quantity in quantities)


def overlap(runs: Sequence[TakenRun]) -> tuple[TakenRun, TakenRun] | None:
    """Two runs that cover the same day, if there are any."""
    ordered = sorted(runs)
    for one, other in itertools.pairwise(ordered):
        if other.first_day <= one.last_day:
            return one, other
    return None


def merge_latest_wins(reports: Iterable[Sequence[TakenRun]]) -> list[TakenRun]:
    """Runs without overlap: for a day that was reported twice, the later report counts.

    `reports`: the runs of each contact, the earliest contact first.
    """
    merged: list[TakenRun] = []
    for runs in reports:
        for new in runs:
            merged = [piece for old in merged for piece in _without(old, new)]
        merged.extend(runs)
    return sorted(merged)


def _without(old: TakenRun, new: TakenRun) -> list[TakenRun]:
    """The old run without the days that the new one covers."""
    if new.last_day < old.first_day or old.last_day < new.first_day:
        return [old]
    pieces = []
    if old.first_day < new.first_day:
        pieces.append(TakenRun(old.first_day, _before(new.first_day), old.dose))
    if new.last_day < old.last_day:
        pieces.append(TakenRun(_after(new.last_day), old.last_day, old.dose))
    return pieces


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
