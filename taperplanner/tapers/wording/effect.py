"""What a signature would change: today, days already past, and versions that would never begin.

Only compares what was signed with what was typed, day by day; no judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from taperplanner.days import in_words, short_span

from ..schedule.course import Course, CourseDay
from ..schedule.schedule import Schedule
from ..schedule.steps import Regimen
from .as_needed import change_as_needed
from .compare import taken_on_a_day

RUNS_SAID: Final = 6
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Effect:
    """In sentences. `as_needed`: what becomes of the dose as needed, empty where there is none.
    `past`: one for each run of past days that change. `overtaken`: one for each version that never begins."""

    today: str
    as_needed: str
    past: tuple[str, ...]
    overtaken: tuple[str, ...]


def effect_of(course: Course[Any] | None, schedule: Schedule, *, today: date, drug: str) -> Effect:
    """The effect of signing this schedule as the newest version. `course`: None where nothing is signed yet."""
    return Effect(
        today=_today(course, schedule, today, drug),
        as_needed=change_as_needed(_schedule_before(course, schedule), schedule),
        past=tuple(past_days(course, schedule, today=today, drug=drug)) if course else (),
        overtaken=tuple(_overtaken(course, schedule, today)) if course else (),
    )


def past_days(course: Course[Any], schedule: Schedule, *, today: date, drug: str) -> Iterator[str]:
    """One sentence for each run of past days, with what is signed for them and what would be."""
    runs: list[tuple[date, date, str, str]] = []
    day = schedule.first_day
    while day < today:
        before, after = _as_signed(course.on(day), drug), _as_typed(schedule, day, drug)
        if runs and runs[-1][2:] == (before, after):
            runs[-1] = (runs[-1][0], day, before, after)
        else:
            runs.append((day, day, before, after))
        day += ONE_DAY
    for first, last, before, after in runs[:RUNS_SAID]:
        yield f"{short_span(first, last)}: {before}; after this signature, {after}."
    if len(runs) > RUNS_SAID:
        yield f"{short_span(runs[RUNS_SAID][0], runs[-1][1])}: see both versions for these days."


def _today(course: Course[Any] | None, schedule: Schedule, today: date, drug: str) -> str:
    say = f"Today, {in_words(today)}"
    taken = course.on(today) if course else None
    before = _as_signed(taken, drug)
    if today < schedule.first_day:
        if taken is None or taken.span is None:
            return f"{say}: nothing is in force yet. This version begins on {in_words(schedule.first_day)}."
        return f"{say}, stays as it is: {before}."
    after = _as_typed(schedule, today, drug)
    if taken is None or taken.span is None:
        return f"{say}: {after}, from this version on. Nothing was in force before."
    was, becomes = taken.taken, _regimen(schedule, today)
    if (was.dose if was else None) != (becomes.dose if becomes else None):
        return f"{say}: from {before} to {after}."
    if was and becomes and taken_on_a_day(was, taken.span.schedule) != taken_on_a_day(becomes, schedule):
        return f"{say}, stays {before}, but made up of other tablets or taken at other times."
    return f"{say}, stays {before}."


def _overtaken(course: Course[Any], schedule: Schedule, today: date) -> Iterator[str]:
    for span in course.waiting(today):
        if span.first_day >= schedule.first_day:
            yield (
                f"Version {span.version.number}, signed to begin on {in_words(span.first_day)}, will never begin: this"
                " version takes its place."
            )


def _schedule_before(course: Course[Any] | None, schedule: Schedule) -> Schedule | None:
    """What is in force when this schedule takes over."""
    span = course.in_force(schedule.first_day) if course else None
    return span.schedule if span else None


def _as_signed(taken: CourseDay[Any] | None, drug: str) -> str:
    if taken is None or taken.span is None:
        return "nothing in force"
    return f"{_dose(taken.taken, drug)} (version {taken.span.version.number})"


def _as_typed(schedule: Schedule, day: date, drug: str) -> str:
    return _dose(_regimen(schedule, day), drug)


def _regimen(schedule: Schedule, day: date) -> Regimen | None:
    dated = schedule.on(day)[1]
    return dated.on(day) if dated else None


def _dose(taken: Regimen | None, drug: str) -> str:
    return f"no {drug}" if taken is None else f"{taken.dose} a day"
