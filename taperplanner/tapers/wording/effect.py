"""What a signature would change: today, days already past, and versions that would never begin.

Only compares what was signed with what was typed, day by day; no judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from taperplanner.days import in_words, short, short_span

from ..schedule.course import Course, CourseDay
from ..schedule.schedule import Phase, Schedule
from ..schedule.steps import DatedStep
from .as_needed import change_as_needed
from .compare import taken_on_a_day
from .patterns import ALTERNATE, doses_of, place_of, stayed_on

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
    runs: list[tuple[date, date, _Said, _Said]] = []
    day = schedule.first_day
    while day < today:
        before, after = _as_signed(course.on(day), drug), _as_typed(schedule, day, drug)
        if runs and runs[-1][2:] == (before, after):
            runs[-1] = (runs[-1][0], day, before, after)
        else:
            runs.append((day, day, before, after))
        day += ONE_DAY
    for first, last, before, after in runs[:RUNS_SAID]:
        yield (
            f"{short_span(first, last)}: {before.on_days(first, last)}; after this signature,"
            f" {after.on_days(first, last)}."
        )
    if len(runs) > RUNS_SAID:
        yield f"{short_span(runs[RUNS_SAID][0], runs[-1][1])}: see both versions for these days."


def _today(course: Course[Any] | None, schedule: Schedule, today: date, drug: str) -> str:
    say = f"Today, {in_words(today)}"
    taken = course.on(today) if course else None
    before = _as_signed(taken, drug).on(today)
    if today < schedule.first_day:
        if taken is None or taken.span is None:
            return f"{say}: nothing is in force yet. This version begins on {in_words(schedule.first_day)}."
        return f"{say}, stays as it is: {before}."
    after = _as_typed(schedule, today, drug).on(today)
    if taken is None or taken.span is None:
        return f"{say}: {after}, from this version on. Nothing was in force before."
    return f"{say}{_from_to(taken, taken.span.schedule, schedule, before, after)}"


def _from_to(taken: CourseDay[Any], signed: Schedule, typed: Schedule, before: str, after: str) -> str:
    """Of a day that has a version in force, and on the days that follow while a pattern comes round."""
    was, becomes = taken.dated, typed.on(taken.day)[1]
    if was is None or becomes is None:
        return f", stays {before}." if was is becomes else f": from {before} to {after}."
    if was.on(taken.day).dose != becomes.on(taken.day).dose:
        return f": from {before} to {after}."
    ahead = len(was.step.regimens) * len(becomes.step.regimens)
    pairs = [(was.on(day), becomes.on(day)) for at in range(ahead) for day in [taken.day + ONE_DAY * at]]
    if any(one.dose != other.dose for one, other in pairs):
        return f", stays {was.on(taken.day).dose}, but the days that follow do not: from {before} to {after}."
    if any(taken_on_a_day(one, signed) != taken_on_a_day(other, typed) for one, other in pairs):
        return f", stays {before}, but made up differently or taken at other times."
    return f", stays {before}."


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


@dataclass(frozen=True, slots=True)
class _Said:
    """What is taken, in words. `pattern`: the step, where its days are not alike. `by`: which version says so."""

    text: str = ""
    pattern: DatedStep | None = None
    by: str = ""

    def on(self, day: date) -> str:
        if self.pattern is None:
            return self.text + self.by
        place = place_of(self.pattern, day)
        return f"{self.pattern.on(day).dose} today, {place} ({doses_of(self.pattern)}){self.by}"

    def on_days(self, first: date, last: date) -> str:
        """Over days one after another. A pattern is counted from the first of them."""
        if self.pattern is None:
            return self.text + self.by
        return _doses_in_turn(replace(self.pattern.from_day(first), last_day=last)) + self.by


def _doses_in_turn(run: DatedStep) -> str:
    doses = [group.regimen.dose for group in run.groups()]
    if len(doses) == 1:
        return f"{doses[0]} on {'this day' if run.days == 1 else 'each of these days'}"
    if len(run.step.regimens) == ALTERNATE:
        return f"alternately {doses[0]}, on the first of these days, and {doses[1]}"
    return doses_of(run) if run.step.by_weekday else f"counted from {short(run.first_day)}, {doses_of(run)}"


def _as_signed(taken: CourseDay[Any] | None, drug: str) -> _Said:
    if taken is None or taken.span is None:
        return _Said("nothing in force")
    said = _as_typed(taken.span.schedule, taken.day, drug)
    return replace(said, by=f" (version {taken.span.version.number})")


def _as_typed(schedule: Schedule, day: date, drug: str) -> _Said:
    phase, dated = schedule.on(day)
    if dated is None:
        return _Said(f"no {drug}")
    if dated.step.is_pattern:
        return _Said(pattern=stayed_on(schedule) if phase is Phase.STAY else dated)
    return _Said(doses_of(dated))
