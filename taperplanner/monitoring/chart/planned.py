"""What a signed schedule says for each day, as runs of days on one dose. Of a pattern each day is as it is. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from taperplanner.doses import Dose
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import DatedStep

from .facts import OPEN_RUN_SHOWS_DAYS, Planned


def planned_by(
    schedule: Schedule, *, until: date | None, today: date, plan: int, version: int
) -> Iterator[Planned]:
    """`until`: the last day on which it is in force, or was followed; None: it goes on."""
    for dated in schedule.dated_steps():
        last = dated.last_day if until is None else min(dated.last_day, until)
        for first, to, dose in _runs(dated, dated.first_day, last):
            yield Planned(first, to, dose, plan, version)
    if schedule.ending is Ending.STAY:
        yield from _stayed_on(dated, until, today, plan, version)


def _stayed_on(
    dated: DatedStep, until: date | None, today: date, plan: int, version: int
) -> Iterator[Planned]:
    """The days after the last step. A pattern that goes on is drawn up to today, and for a week."""
    first = dated.last_day + timedelta(days=1)
    if not dated.step.is_pattern:
        if until is None or until >= first:
            yield Planned(first, until, dated.on(first).dose, plan, version)
        return
    last = until or max(today, first + timedelta(days=OPEN_RUN_SHOWS_DAYS - 1))
    for begins, ends, dose in _runs(dated, first, last):
        goes_on = until is None and ends == last
        yield Planned(begins, ends, dose, plan, version, repeats=goes_on)


def _runs(dated: DatedStep, first: date, last: date) -> Iterator[tuple[date, date, Dose]]:
    if not dated.step.is_pattern:
        if first <= last:
            yield first, last, dated.on(first).dose
        return
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    for dose, of_one in groupby(days, lambda day: dated.on(day).dose):
        run = list(of_one)
        yield run[0], run[-1], dose
