"""Schedules of every shape that a fixed text may have to stand beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from taperplanner.doses import Dose, Quantity, total_dose
from taperplanner.label_strength import LabelStrength
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from taperplanner.tapers.schedule.steps import ScheduleDose, ScheduleStep, TimeOfDay

from .plans import TODAY, tablet
from .steps import daily_step, every_day

ONE = tablet(1, "1", 1000)
HALF = tablet(2, "0.5", 250)
MELTS = tablet(3, "0.25", 500, Form.ORALLY_DISINTEGRATING)
LIQUID = tablet(4, "0.1", 100, Form.LIQUID)
DROPS = replace(
    tablet(6, "0.1", 1000, Form.DROPS), label=LabelStrength(Dose(2_500_000), Quantity(1000)), drops_per_ml=25
)
OTHER_MAKER = replace(tablet(5, "0.5", 500), maker="Made Up Labs")

# What is taken on each day of a step, from the morning on: the product, and thousandths of it.
Day = tuple[tuple[ScheduleProduct, int], ...]


def taken(*steps: Day, ending: Ending = Ending.STAY, days: int = 7) -> Schedule:
    products = {product.number: product for day in steps for product, _ in day} or {1: ONE}
    return Schedule(TODAY, tuple(_step(at, day, days) for at, day in enumerate(steps, 1)), ending, products)


def _step(position: int, day: Day, days: int) -> ScheduleStep:
    doses = tuple(
        ScheduleDose(time, product.number, Quantity(thousandths))
        for time, (product, thousandths) in zip((TimeOfDay.MORNING, TimeOfDay.BEDTIME), day, strict=False)
    )
    total = total_dose(product.strength.times(Quantity(thousandths)) for product, thousandths in day)
    return daily_step(position, days, total, doses)


def in_turn(
    *pattern: Day, by_weekday: bool = False, ending: Ending = Ending.STAY, days: int = 28
) -> Schedule:
    """One step, whose days repeat this pattern."""
    alone = [every_day(taken(day).steps[0]) for day in pattern]
    products = {product.number: product for day in pattern for product, _ in day}
    step = ScheduleStep(1, days, tuple(alone), by_weekday=by_weekday)
    return Schedule(TODAY, (step,), ending, products)


NOTHING: Final[Day] = ()
SHAPES: Final = {
    "whole tablets": taken(((HALF, 2000),), ((HALF, 1000),)),
    "whole tablets, then a stop": taken(((HALF, 1000),), ending=Ending.STOP),
    "halves": taken(((HALF, 500), (HALF, 500))),
    "halves, then a stop": taken(((HALF, 500),), ending=Ending.STOP),
    "a half and a whole on one day": taken(((HALF, 500), (HALF, 1000))),
    "one and a half": taken(((HALF, 1500),)),
    "quarters": taken(((HALF, 250),)),
    "three quarters, then a half": taken(((HALF, 750),), ((HALF, 500),)),
    "a half of one strength, a whole of another": taken(((HALF, 500), (ONE, 1000))),
    "two strengths to the end": taken(((ONE, 1000), (HALF, 1000))),
    "a strength that drops out": taken(((ONE, 1000),), ((HALF, 1000),)),
    "a strength that drops out and comes back": taken(
        ((ONE, 1000),), ((HALF, 1000),), ((ONE, 1000), (HALF, 1000))
    ),
    "another maker of the same strength": taken(((HALF, 1000),), ((OTHER_MAKER, 1000),)),
    "a liquid": taken(((LIQUID, 2500),)),
    "a liquid, then a stop": taken(((LIQUID, 2500),), ending=Ending.STOP),
    "drops": taken(((DROPS, 12000), (DROPS, 1000))),
    "drops, then a stop": taken(((DROPS, 5000),), ending=Ending.STOP),
    "a liquid and drops": taken(((LIQUID, 2500), (DROPS, 5000))),
    "tablets that melt": taken(((MELTS, 1000),)),
    "halves of tablets that melt": taken(((MELTS, 500),)),
    "a half of a plain tablet, a whole one that melts": taken(((HALF, 500), (MELTS, 1000))),
    "a tablet and a liquid": taken(((HALF, 1000), (LIQUID, 700))),
    "everything, then a stop": taken(
        ((ONE, 1000), (HALF, 500)), ((HALF, 250), (MELTS, 500)), ((LIQUID, 700),), ending=Ending.STOP
    ),
    "a long hold": taken(((HALF, 1000),), days=90),
    "days without a dose": taken(((HALF, 1000),), NOTHING, ((HALF, 1000),)),
    "no dose at the end, then a stop": taken(((HALF, 1000),), NOTHING, ending=Ending.STOP),
    "no dose at the end, and to stay there": taken(((HALF, 1000),), NOTHING),
    "halves and wholes on alternate days": in_turn(((HALF, 500),), ((HALF, 1000),)),
    "a night of each week without a dose, then a stop": in_turn(
        *[((HALF, 1000),)] * 6, NOTHING, by_weekday=True, ending=Ending.STOP
    ),
}
