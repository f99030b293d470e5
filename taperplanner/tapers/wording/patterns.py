"""A step's doses in words. "A day" is said where every day is alike, and never of one day of a pattern.

    day 1, 3, 5 …: 0.5 mg (bedtime 1 tablet of 0.5 mg); day 2, 4, 6 …: 0.25 mg (bedtime ½ tablet of 0.5 mg)
    day 1 and 3 of each 7 days: 0.5 mg; …        days are counted from the first day of the step
    Monday, Wednesday and Friday: 0.5 mg; …      by weekday

Equal days stand together. No day is named that the step does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from taperplanner.days import WEEKDAYS, short

from ..schedule.changes import change_between
from ..schedule.schedule import Schedule, ScheduleProduct
from ..schedule.steps import LONGEST_PATTERN, DatedStep, Group, Regimen
from .words import days_text, one_line, times_of

ALTERNATE: Final = 2
SAID_OF_ALTERNATE: Final = 3
EVERY_DAY: Final = "every day"


def days_of_round(dated: DatedStep, group: Group) -> str:
    """ "day 1 and 3 of each 7 days"; all its days, where the step repeats nothing: "day 1 and 4"."""
    step, length = dated.step, len(dated.step.regimens)
    if step.by_weekday:
        return listed(WEEKDAYS[day] for day in group.days)
    if dated.days < 2 * length:
        return f"day {listed(str(day) for day in _days_of_it(dated, group))}"
    if len(group.days) == length:
        return EVERY_DAY
    return f"day {listed(map(str, group.days))} of each {days_text(length)}"


def days_named(dated: DatedStep, group: Group) -> str:
    """The same, of alternate days as they are counted: "day 1, 3, 5 …"."""
    is_alternate = len(dated.step.regimens) == ALTERNATE and len(group.days) < ALTERNATE
    if not is_alternate or dated.days <= ALTERNATE:
        return days_of_round(dated, group)
    days = [str(day) for day in _days_of_it(dated, group)]
    if len(days) <= SAID_OF_ALTERNATE:
        return f"day {listed(days)}"
    return f"day {', '.join(days[:SAID_OF_ALTERNATE])} …"


def doses_of(dated: DatedStep) -> str:
    """ "0.5 mg a day", or each day of a pattern: "day 1, 3, 5 …: 0.5 mg; day 2, 4, 6 …: 0.25 mg"."""
    groups = dated.groups()
    if not dated.step.is_pattern:
        return f"{groups[0].regimen.dose} a day"
    return "; ".join(f"{days_named(dated, group)}: {group.regimen.dose}" for group in groups)


def doses_in_text(dated: DatedStep) -> str:
    """For the middle of a sentence: the days of a pattern stand in brackets."""
    return f"a pattern ({doses_of(dated)})" if dated.step.is_pattern else doses_of(dated)


def taken_of(dated: DatedStep, products: dict[int, ScheduleProduct], names: dict[int, str]) -> str:
    """With what is taken at each time of day. Names: `short_names`."""
    groups = dated.groups()
    if not dated.step.is_pattern:
        return one_line(groups[0].regimen, products, names)
    return "; ".join(
        f"{days_named(dated, group)}: {group.regimen.dose} ({_taken(group.regimen, products, names)})"
        for group in groups
    )


def on_a_day(dated: DatedStep, day: date, products: dict[int, ScheduleProduct], names: dict[int, str]) -> str:
    """Of one day, which is called today: "day 2 of a pattern of 2 days, 0.25 mg today: bedtime …"."""
    regimen = dated.on(day)
    if not dated.step.is_pattern:
        return one_line(regimen, products, names)
    return f"{place_of(dated, day)}, {regimen.dose} today: {_taken(regimen, products, names)}"


def place_of(dated: DatedStep, day: date) -> str:
    """Which day of its pattern a day is, counted from the first day of the step as everywhere."""
    if dated.step.by_weekday:
        return f"the {WEEKDAYS[day.weekday()]} of a pattern by weekday"
    length = len(dated.step.regimens)
    return f"day {(day - dated.first_day).days % length + 1} of a pattern of {days_text(length)}"


def first_round(dated: DatedStep, group: Group) -> list[date]:
    """The days of its first round, in their order."""
    days = range(min(dated.days, len(dated.step.regimens)))
    dates = (dated.first_day + timedelta(days=at) for at in days)
    return [day for day in dates if dated.on(day) == group.regimen]


def first_dates(dated: DatedStep, group: Group) -> str:
    """ "first on Mon, Mar 2, 2026"; of several days the whole first round."""
    return f"first on {'; '.join(map(short, first_round(dated, group)))}"


def stayed_on(schedule: Schedule) -> DatedStep:
    """The last step as it goes on after its last day, without an end."""
    *_, last = schedule.dated_steps()
    return replace(last.from_day(schedule.day_after), last_day=date.max)


def change_in_words(before: DatedStep, after: DatedStep) -> str:
    """Between totals of equally many days. Where none can be compared exactly, what was taken before, day by day."""
    change = change_between(before.step, after.step)
    return str(change) if change else f"day by day; before this step, {doses_of(before)}"


def listed(words: Iterable[str]) -> str:
    """ "1", "1 and 2", "1, 2 and 3"."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _days_of_it(dated: DatedStep, group: Group) -> list[int]:
    """The numbers of those of its first days, two rounds of the longest pattern, that are on this regimen."""
    days = range(min(dated.days, 2 * LONGEST_PATTERN))
    return [at + 1 for at in days if dated.on(dated.first_day + timedelta(days=at)) == group.regimen]


def _taken(regimen: Regimen, products: dict[int, ScheduleProduct], names: dict[int, str]) -> str:
    return "; ".join(f"{time.value} {what}" for time, what in times_of(regimen, products, names)) or "nothing"
