"""What a signed schedule is like, as far as a fixed text beside it has to know. Pure, and nothing else decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from taperplanner.doses import THOUSANDTHS_PER_UNIT, Dose
from taperplanner.guidance.patient_texts import ShownWhen
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule
from taperplanner.tapers.schedule.steps import ScheduleStep


def conditions_of(schedule: Schedule, since: date = date.min) -> frozenset[ShownWhen]:
    """All that hold from that day on. A step without doses adds none; of one that is over something may be left."""
    steps = _steps_since(schedule, since)
    forms = _forms(schedule, steps, parts_only=False)
    split = _forms(schedule, steps, parts_only=True)
    holding = {
        ShownWhen.ALWAYS: True,
        ShownWhen.SPLIT: Form.TABLET in split,
        ShownWhen.SPLIT_MELTING: Form.ORALLY_DISINTEGRATING in split,
        ShownWhen.MELTING: Form.ORALLY_DISINTEGRATING in forms,
        ShownWhen.LIQUID: Form.LIQUID in forms,
        ShownWhen.LEFT_OVER: bool(_left_over(schedule)),
    }
    return frozenset(condition for condition, holds in holding.items() if holds)


def _steps_since(schedule: Schedule, day: date) -> Collection[ScheduleStep]:
    """Those with a day left; where none has, the last one may go on."""
    left = [dated.step for dated in schedule.dated_steps() if dated.last_day >= day]
    return left or (schedule.steps[-1:] if schedule.ending is Ending.STAY else ())


def _forms(schedule: Schedule, steps: Collection[ScheduleStep], *, parts_only: bool) -> set[Form]:
    doses = [(dose.product, dose.quantity) for step in steps for dose in step.all_doses]
    if steps and schedule.as_needed:
        doses.append((schedule.as_needed.product, schedule.as_needed.quantity))
    return {
        schedule.products[product].form
        for product, quantity in doses
        if not parts_only or quantity.thousandths % THOUSANDTHS_PER_UNIT
    }


def _left_over(schedule: Schedule) -> set[tuple[Form, Dose]]:
    """What some step uses and nothing uses any more once the steps are over."""
    goes_on = schedule.ending is Ending.STAY
    kept = _strengths(schedule, schedule.steps[-1]) if goes_on else set()
    return set().union(*(_strengths(schedule, step) for step in schedule.steps)) - kept


def _strengths(schedule: Schedule, step: ScheduleStep) -> set[tuple[Form, Dose]]:
    """Also what may be taken as needed beside it. Two makers of one strength are one: the paper asks to keep a
    strength, not a maker's."""
    numbers = {dose.product for dose in step.all_doses}
    if schedule.as_needed:
        numbers.add(schedule.as_needed.product)
    products = (schedule.products[number] for number in numbers)
    return {(product.form, product.strength) for product in products}
