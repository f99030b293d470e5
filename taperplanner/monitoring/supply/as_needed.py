"""What a dose as needed does to the count: a used one is no shortfall, and supply is said without it and with it.

The steps are counted as ever. Beside that the same walk is made as if the dose as needed had been taken as often as it
may be on each day: how far it lies below is what a count may be lower without anything missing. Where patients said
that they took more than that, what they said counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taperplanner.doses import Quantity
from taperplanner.tapers.schedule.schedule import Schedule
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose, ScheduleStep, TimeOfDay

from ..models import AsNeededCounted, CheckIn
from .balance import NOTHING, ONE_DAY, Balance, Compared, SupplyEvent, balance_of
from .needs import Need, Span, needs_of


@dataclass(frozen=True, slots=True)
class Said:
    """What a patient said to have taken as needed: so much on each of these days, or in all of them."""

    first_day: date
    last_day: date
    quantity: Quantity
    is_each_day: bool

    def between(self, after: date, up_to: date) -> Quantity:
        """What of it lies after the one day and no later than the other. A sum of several days lies on its last."""
        if not self.is_each_day:
            return self.quantity if after < self.last_day <= up_to else NOTHING
        first, last = max(self.first_day, after + ONE_DAY), min(self.last_day, up_to)
        return self.quantity.times(max((last - first).days + 1, 0))


@dataclass(frozen=True, slots=True)
class Beside:
    """`needs`: what the steps take together with the dose as needed at its most. `balance`: counted so."""

    needs: Sequence[Need]
    balance: Balance


def needs_with_most(spans: Sequence[Span], product: int) -> list[Need] | None:
    """None where no version has a dose as needed of this product."""
    has_one = any(schedule.as_needed and schedule.as_needed.product == product for schedule, _, _ in spans)
    if not has_one:
        return None
    return needs_of([(_as_if_taken(schedule), first, last) for schedule, first, last in spans], product)


def counted(
    spans: Sequence[Span],
    product: int,
    events: Sequence[SupplyEvent],
    today: date,
    said: Iterable[Said] = (),
) -> tuple[Balance, Beside | None]:
    """The balance of the steps, in which no used dose as needed is missing; and beside it the one at its most."""
    balance = balance_of(needs_of(spans, product), events, today)
    most = needs_with_most(spans, product)
    reports = list(said)
    if most is None and not reports:
        return balance, None
    at_most = balance_of(most, events, today) if most else balance
    compared = _explained(balance.compared, at_most.compared, events, reports)
    return replace(balance, compared=compared), Beside(most, at_most) if most else None


def said_of(spans: Sequence[Span], product: int, check_ins: Iterable[CheckIn]) -> list[Said]:
    """Of valid check-ins, by the dose as needed of the version that was in force on the last of its days."""
    found = []
    for one in check_ins:
        first, last, times = one.as_needed_from, one.as_needed_to, one.as_needed_times
        if first is None or last is None or times is None:
            continue
        needed = next(
            (
                schedule.as_needed
                for schedule, begins, ends in spans
                if begins <= last and (ends is None or last <= ends)
            ),
            None,
        )
        if needed and needed.product == product:
            is_each_day = one.as_needed_counted == AsNeededCounted.EACH_DAY
            found.append(Said(first, last, needed.quantity.times(times), is_each_day))
    return found


def _explained(
    compared: Sequence[Compared],
    at_most: Sequence[Compared],
    events: Sequence[SupplyEvent],
    reports: Sequence[Said],
) -> tuple[Compared, ...]:
    """Each count with how much less a dose as needed explains: what it allows, or more where the patient said so."""
    found = []
    before = min(event.day for event in events) - ONE_DAY
    for one, lowest in zip(compared, at_most, strict=True):
        allowed = one.least.thousandths - lowest.least.thousandths
        said = sum(report.between(before, one.count.day).thousandths for report in reports)
        found.append(replace(one, as_needed=Quantity(max(allowed, said))))
        before = one.count.day
    return tuple(found)


def _as_if_taken(schedule: Schedule) -> Schedule:
    """Never shown and never stored: only the needs of its days are read."""
    needed = schedule.as_needed
    if needed is None:
        return schedule
    extra = ScheduleDose(TimeOfDay.BEDTIME, needed.product, needed.most_taken_a_day)
    steps = tuple(_with(step, extra) for step in schedule.steps)
    return replace(schedule, steps=steps, as_needed=None)


def _with(step: ScheduleStep, extra: ScheduleDose) -> ScheduleStep:
    return replace(step, regimens=tuple(Regimen(one.dose, (*one.doses, extra)) for one in step.regimens))
