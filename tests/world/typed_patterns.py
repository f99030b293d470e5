"""Patterns as somebody types them, of the two products that `open_plan` has: 1 mg whole, 0.5 mg in halves."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from taperplanner.doses import Dose, Quantity
from taperplanner.tapers.draft.typed import TypedStep
from taperplanner.tapers.draft.typed_pattern import TypedDay, TypedPattern
from taperplanner.tapers.schedule.steps import LONGEST_PATTERN, WEEK, Regimen, ScheduleDose, TimeOfDay

from .plans import HALF_MG

MOST_HALVES = 6


def of_halves(halves: int) -> Regimen:
    """So many halves of a 0.5 mg tablet at bedtime."""
    doses = (ScheduleDose(TimeOfDay.BEDTIME, HALF_MG, Quantity(halves * 500)),) if halves else ()
    return Regimen(Dose(halves * 250_000), doses)


def typed_day(halves: int) -> TypedDay:
    quantities = {f"bedtime-{HALF_MG}": str(Quantity(halves * 500))} if halves else {}
    return TypedDay(Dose(halves * 250_000).number, quantities)


def typed_step(days: int | str, halves: Sequence[int], *, by_weekday: bool = False) -> TypedStep:
    """One day: every day alike. Several: a pattern of them."""
    first, *further = map(typed_day, halves)
    pattern = TypedPattern(len(halves), tuple(further), by_weekday=by_weekday)
    return TypedStep(str(days), first.dose, "", first.quantities, pattern=pattern)


@st.composite
def typed_steps(draw: st.DrawFn, longest: int = 30) -> TypedStep:
    """Every day alike, a pattern, or by weekday."""
    length = draw(st.integers(1, LONGEST_PATTERN))
    halves = draw(st.lists(st.integers(0, MOST_HALVES), min_size=length, max_size=length))
    by_weekday = length == WEEK and draw(st.booleans())
    return typed_step(draw(st.integers(1, longest)), halves, by_weekday=by_weekday)
