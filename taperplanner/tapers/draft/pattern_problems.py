"""What is asked of patterns: where one begins, where it rises, which of its days take nothing, and where it is cut off.

Each is asked once for a step, however often its days come round. Nothing here proposes a number or a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from taperplanner.days import short
from taperplanner.doses import Dose, total_dose

from ..schedule.changes import change_between
from ..schedule.steps import DatedStep, Regimen, ScheduleDose, ScheduleStep
from ..wording.words import days_text
from .parsed import OF_THE_PATTERN, ParsedDay, ParsedDraft, ParsedStep
from .problem import Problem, Severity
from .rhythm import Start

# Where no date was typed yet: any day, since the pattern comes round.
_ANY_DAY: Final = date(2024, 1, 1)


def of_rise(step: ParsedStep, before: ScheduleStep | None, after: ScheduleStep | None) -> Iterator[Problem]:
    """From the step before: by the totals of equally many days, and by the days themselves."""
    if before and after and (said := _rise(before, after)):
        yield _warning(step, "rise", said, step.cell(step.taken[0], "dose"))


def _rise(before: ScheduleStep, after: ScheduleStep) -> str:
    change = change_between(before, after)
    if change is not None and change.is_rise:
        span = "a day" if change.days == 1 else f"in {change.days} days"
        return f"{change.after} {span} is more than the {change.before} {span} of the step before."
    one, other = _highest(before), _highest(after)
    if other > one:
        return f"{other} on its highest day is more than the {one} on the highest day of the step before."
    if change is None and _mean_is_higher(before, after):
        return "Its days together are more than as many days of the step before."
    return ""


def of_zeros(step: ParsedStep) -> Iterator[Problem]:
    nothing = [day for day in step.taken if day.dose is not None and not day.dose]
    if not nothing:
        return
    said = f"nothing is taken on {_listed([_short(day) for day in nothing])}{_of_it(step)}, which is typed as 0 mg."
    if len(nothing) == len(step.taken):
        said = "the daily dose is 0 mg, so nothing is taken on these days."
    others = tuple(step.cell(day, "dose") for day in nothing[1:])
    yield _warning(step, "zero", said, step.cell(nothing[0], "dose"), *others)


def of_pattern(
    step: ParsedStep, start: Start, span: tuple[date, date] | None, parsed: ParsedDraft
) -> Iterator[Problem]:
    """`span`: its first and last day, as far as they follow from what was typed."""
    if not step.typed.pattern.is_used:
        return
    if start.day is None and parsed.first_day is not None:
        yield Problem(
            "no-start",
            f"Step {step.position}: choose the day of its pattern on which it begins.",
            step=step.position,
            cell=f"{step.name}-starts_on",
        )
    typed = step.as_step(start.day or 1)
    if typed is not None and typed.days:
        dated = _dated(typed, span[0] if span else _ANY_DAY)
        yield from _of_rises_within(step, dated)
        if step.position == 1 and span:
            yield from _of_the_rhythm(step, dated, parsed)
    if step.days is not None and step.days % len(step.taken):
        cut = "a week" if step.typed.pattern.is_by_weekday else "its pattern"
        said = (
            f"{days_text(step.days)} are no whole number of rounds of {cut}, so the step is counted by its days, and"
            " compared with other steps day by day only."
        )
        yield _warning(step, "uneven", said, f"{step.name}-days")


def _of_rises_within(step: ParsedStep, dated: DatedStep) -> Iterator[Problem]:
    rises = []
    for after in range(1, min(dated.step.days, len(step.taken) + 1)):
        day = dated.first_day + timedelta(days=after)
        was, now = (_index(dated, day - timedelta(days=1)), _index(dated, day))
        one, other = dated.step.regimens[was].dose, dated.step.regimens[now].dose
        if other > one:
            rises.append(f"{other} on {_short(step.taken[now])} after {one} on {_short(step.taken[was])}")
    if rises:
        said = (
            f"the dose rises within the pattern: {_listed(rises, '; ')}. This is asked once for all its days."
        )
        yield _warning(step, "pattern-rise", said, step.cell(step.taken[0], "dose"))


def _of_the_rhythm(step: ParsedStep, dated: DatedStep, parsed: ParsedDraft) -> Iterator[Problem]:
    """A pattern of the same days as the one that is running, with its days moved against what is signed."""
    running = parsed.course.on(dated.first_day).dated if parsed.course else None
    if running is None or Counter(map(_same, running.step.regimens)) != Counter(
        map(_same, dated.step.regimens)
    ):
        return
    for after in range(min(dated.step.days, len(step.taken))):
        day = dated.first_day + timedelta(days=after)
        signed, typed = running.on(day), dated.on(day)
        if _same(signed) != _same(typed):
            said = (
                f"the days of the pattern are moved against what is signed. {short(day)} as signed: {signed.dose}; here:"
                f" {typed.dose}."
            )
            is_chosen = bool(step.typed.pattern.chosen_start)
            cell = f"{step.name}-starts_on" if is_chosen else step.cell(step.taken[0], "dose")
            yield _warning(step, "rhythm", said, cell)
            return


def _dated(step: ScheduleStep, first_day: date) -> DatedStep:
    return DatedStep(step, first_day, first_day + timedelta(days=step.days - 1))


def _index(dated: DatedStep, day: date) -> int:
    return dated.step.index_on(day, dated.first_day)


def _same(regimen: Regimen) -> tuple[Dose, frozenset[ScheduleDose]]:
    return regimen.dose, frozenset(regimen.doses)


def _highest(step: ScheduleStep) -> Dose:
    return max(regimen.dose for regimen in step.regimens)


def _mean_is_higher(before: ScheduleStep, after: ScheduleStep) -> bool:
    """Exactly, without a figure: each total as often as the other one has days."""
    one, other = (total_dose(regimen.dose for regimen in step.regimens) for step in (before, after))
    return other.nanograms * len(before.regimens) > one.nanograms * len(after.regimens)


def _short(day: ParsedDay) -> str:
    return day.name.removesuffix(OF_THE_PATTERN)


def _of_it(step: ParsedStep) -> str:
    return "" if step.typed.pattern.is_by_weekday else OF_THE_PATTERN


def _listed(texts: list[str], between: str = ", ") -> str:
    *most, last = texts
    return f"{between.join(most)} and {last}" if most and between == ", " else between.join(texts)


def _warning(step: ParsedStep, code: str, said: str, cell: str, *others: str) -> Problem:
    return Problem(code, f"Step {step.position}: {said}", Severity.WARNING, step.position, cell, others)
