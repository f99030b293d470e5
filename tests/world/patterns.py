"""Steps that hold a pattern of days, and days one at a time to hold what is said of them against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from taperplanner.doses import Dose, Quantity
from taperplanner.tapers.schedule.schedule import Ending, Phase, Schedule
from taperplanner.tapers.schedule.steps import DatedStep, Regimen, ScheduleDose, ScheduleStep, TimeOfDay

from .plans import tablet

MONDAY: Final = date(2026, 3, 2)
MOST_HALVES: Final = 6


def of_halves(halves: int) -> Regimen:
    """So many halves of a 0.5 mg tablet at bedtime."""
    doses = (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(halves * 500)),) if halves else ()
    return Regimen(Dose(halves * 250_000), doses)


def pattern(*halves: int, days: int = 28, starts_on: int = 1, by_weekday: bool = False) -> ScheduleStep:
    regimens = tuple(of_halves(one) for one in halves)
    return ScheduleStep(1, days, regimens, starts_on=starts_on, by_weekday=by_weekday)


def dated(step: ScheduleStep, first_day: date = MONDAY) -> DatedStep:
    return DatedStep(step, first_day, first_day + timedelta(days=step.days - 1))


def days_of(one: DatedStep) -> list[date]:
    return [one.first_day + timedelta(days=at) for at in range((one.last_day - one.first_day).days + 1)]


def schedule_of(*steps: ScheduleStep, ending: Ending = Ending.STOP, first_day: date = MONDAY) -> Schedule:
    """Of these, in this order, whatever positions they had. Product 1 is a 0.5 mg tablet."""
    numbered = tuple(replace(step, position=position) for position, step in enumerate(steps, 1))
    return Schedule(first_day, numbered, ending, {1: tablet(1, "0.5")})


def day_at_a_time(schedule: Schedule, days: int) -> Iterator[tuple[date, Regimen | None]]:
    """What is taken on each of so many days from the first on. None: nothing is asked for any more."""
    for at in range(days):
        day = schedule.first_day + timedelta(days=at)
        phase, step = schedule.on(day)
        yield day, step.on(day) if step and phase is not Phase.STOPPED else None


@st.composite
def pattern_steps(draw: st.DrawFn, most_days: int = 60) -> ScheduleStep:
    by_weekday = draw(st.booleans())
    length = 7 if by_weekday else draw(st.integers(2, 7))
    halves = draw(st.lists(st.integers(0, MOST_HALVES), min_size=length, max_size=length))
    starts_on = 1 if by_weekday else draw(st.integers(1, length))
    days = draw(st.integers(1, most_days))
    return pattern(*halves, days=days, starts_on=starts_on, by_weekday=by_weekday)


@st.composite
def daily_steps(draw: st.DrawFn, most_days: int = 60) -> ScheduleStep:
    return pattern(draw(st.integers(0, MOST_HALVES)), days=draw(st.integers(1, most_days)))


first_days: Final = st.integers(0, 400).map(lambda days: MONDAY + timedelta(days=days))


@st.composite
def patterns(draw: st.DrawFn) -> DatedStep:
    return dated(draw(pattern_steps()), draw(first_days))


@st.composite
def schedules(draw: st.DrawFn, most_steps: int = 4, most_days: int = 40) -> Schedule:
    """Steps with a pattern among steps of every day alike."""
    either = st.one_of(pattern_steps(most_days), pattern_steps(most_days), daily_steps(most_days))
    steps = draw(st.lists(either, min_size=1, max_size=most_steps))
    return schedule_of(*steps, ending=draw(st.sampled_from(Ending)), first_day=draw(first_days))


def on_days_named(words: str, one: DatedStep) -> set[date]:
    """The days of a step that some words name, read by rules of their own: as a patient would."""
    if words == "every day":
        return set(days_of(one))
    weekdays = [name for name in _WEEKDAYS if name in words]
    if weekdays:
        return {day for day in days_of(one) if _WEEKDAYS[day.weekday()] in weekdays}
    named, _, of_each = words.removeprefix("day ").partition(" of each ")
    is_begun = named.endswith(" …")
    numbers = [int(text) for text in named.removesuffix(" …").replace(" and ", ", ").split(", ")]
    found = set(numbers)
    repeats = int(of_each.split(" ")[0]) if of_each else numbers[1] - numbers[0] if is_begun else 0
    for number in numbers if repeats else ():
        found |= set(range(number, one.days + 1, repeats))
    assert all(number <= one.days for number in numbers), "a day is named that the step does not have"
    return {one.first_day + timedelta(days=number - 1) for number in found}


_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def dose_on(said: Mapping[str, str], one: DatedStep, day: date) -> str:
    """The dose that one of the named days has on a day. Exactly one must name it."""
    (dose,) = (dose for words, dose in said.items() if day in on_days_named(words, one))
    return dose
