"""What a signed schedule is like, as far as a fixed text beside it has to know. Pure, and nothing else decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from taperplanner.doses import THOUSANDTHS_PER_UNIT, Dose, Quantity
from taperplanner.guidance.patient_texts import ShownWhen
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule
from taperplanner.tapers.schedule.steps import DatedStep, Regimen


def conditions_of(schedule: Schedule, since: date = date.min) -> frozenset[ShownWhen]:
    """All that hold from that day on. A step without doses adds none; of one that is over something may be left."""
    taken = _taken_since(schedule, since)
    forms = _forms(schedule, taken, parts_only=False)
    split = _forms(schedule, taken, parts_only=True)
    holding = {
        ShownWhen.ALWAYS: True,
        ShownWhen.SPLIT: Form.TABLET in split,
        ShownWhen.SPLIT_MELTING: Form.ORALLY_DISINTEGRATING in split,
        ShownWhen.MELTING: Form.ORALLY_DISINTEGRATING in forms,
        ShownWhen.LIQUID: Form.LIQUID in forms,
        ShownWhen.DROPS: Form.DROPS in forms,
        ShownWhen.LEFT_OVER: bool(_left_over(schedule)),
    }
    return frozenset(condition for condition, holds in holding.items() if holds)


def _taken_since(schedule: Schedule, day: date) -> Collection[Regimen]:
    """On the days that are left, and after them where the last step goes on. Not every day of a pattern need come."""
    found = {
        dated.on(one)
        for dated in schedule.dated_steps()
        if dated.last_day >= day
        for one in _one_round(dated, max(day, dated.first_day))
    }
    return found | _kept(schedule)


def _one_round(dated: DatedStep, first: date) -> Iterator[date]:
    days = min((dated.last_day - first).days + 1, len(dated.step.regimens))
    return (first + timedelta(days=offset) for offset in range(days))


def _kept(schedule: Schedule) -> set[Regimen]:
    """What is taken once the steps are over."""
    return set(schedule.steps[-1].regimens) if schedule.ending is Ending.STAY else set()


def _forms(schedule: Schedule, taken: Collection[Regimen], *, parts_only: bool) -> set[Form]:
    return {
        schedule.products[product].form
        for product, quantity in _used(schedule, taken)
        if not parts_only or quantity.thousandths % THOUSANDTHS_PER_UNIT
    }


def _left_over(schedule: Schedule) -> set[tuple[Form, Dose]]:
    """What is used on some day and not any more once the steps are over."""
    return _strengths(schedule, _taken_since(schedule, date.min)) - _strengths(schedule, _kept(schedule))


def _strengths(schedule: Schedule, taken: Collection[Regimen]) -> set[tuple[Form, Dose]]:
    """Two makers of one strength are one: the paper asks to keep a strength, not a maker's."""
    products = (schedule.products[product] for product, _ in _used(schedule, taken))
    return {(product.form, product.strength) for product in products}


def _used(schedule: Schedule, taken: Collection[Regimen]) -> set[tuple[int, Quantity]]:
    """Each product with what is taken of it at one time, and as needed beside it while any day is left."""
    used = {(dose.product, dose.quantity) for regimen in taken for dose in regimen.doses}
    if taken and (needed := schedule.as_needed):
        used.add((needed.product, needed.quantity))
    return used
