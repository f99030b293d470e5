"""Schedules with patterns for the tests of papers: some with names, and any that hypothesis draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import Regimen, ScheduleStep, TimeOfDay

from .contents import BEDTIME, FIRST_DAY, HALF, MORNING, regimen

WHOLE: Final = regimen((BEDTIME, HALF, "1"))
SPLIT: Final = regimen((BEDTIME, HALF, "½"))
TWICE: Final = regimen((MORNING, HALF, "½"), (BEDTIME, HALF, "1"))
NONE: Final = regimen()
# 0.5 mg and 0.25 mg on alternate days; and every night but Sunday's, as a week of regimens.
ALTERNATE: Final = (WHOLE, SPLIT)
NOT_ON_SUNDAYS: Final = (*(TWICE, WHOLE) * 3, NONE)


def pattern(*regimens: Regimen, days: int = 28, starts_on: int = 1, by_weekday: bool = False) -> ScheduleStep:
    return ScheduleStep(1, days, regimens, starts_on=starts_on, by_weekday=by_weekday)


def of_steps(*steps: ScheduleStep, ending: Ending = Ending.STOP, first_day: date = FIRST_DAY) -> Schedule:
    """Numbered as they come."""
    numbered = tuple(replace(step, position=position) for position, step in enumerate(steps, 1))
    return Schedule(first_day, numbered, ending, {HALF.number: HALF})


@st.composite
def pattern_steps(draw: st.DrawFn) -> ScheduleStep:
    """Of two to four regimens, one of which takes nothing, so that some days are alike."""
    by_weekday = bool(draw(st.integers(0, 1)))
    length = 7 if by_weekday else draw(st.integers(2, 7))
    known = (WHOLE, SPLIT, TWICE, NONE)
    regimens = tuple(known[draw(st.integers(0, 3))] for _ in range(length))
    starts_on = 1 if by_weekday else draw(st.integers(1, length))
    return pattern(*regimens, days=draw(st.integers(1, 200)), starts_on=starts_on, by_weekday=by_weekday)


@st.composite
def pattern_schedules(draw: st.DrawFn) -> Schedule:
    steps = draw(st.lists(pattern_steps() | st.just(pattern(WHOLE, days=7)), min_size=1, max_size=3))
    first_day = FIRST_DAY + timedelta(days=draw(st.integers(0, 400)))
    return of_steps(*steps, ending=draw(st.sampled_from(Ending)), first_day=first_day)


def crowded(*counts: int) -> Schedule:
    """A pattern whose days each take that many tablets of three products at each time of day, with long names."""
    products = {
        number: replace(HALF, number=number, maker=f"Invented Pharmaceuticals of Springfield {number}")
        for number in (1, 2, 3)
    }
    regimens = tuple(
        regimen(*((time, product, str(count)) for time in TimeOfDay for product in products.values()))
        for count in counts
    )
    return Schedule(FIRST_DAY, (pattern(*regimens, days=62),), Ending.STOP, products)
