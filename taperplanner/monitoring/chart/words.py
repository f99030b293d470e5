"""What the chart shows, in words: its title, its description, and every fact of it as a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from taperplanner.days import short, without_weekday
from taperplanner.doses import Dose
from taperplanner.patients.concerns import DOCUMENTED
from taperplanner.patients.vocabulary import tall_man

from ..symptoms import asked_in_words
from .facts import Band, ChartFacts, Milestone, MilestoneKind, Point

MEDICINES: Final = f"Medicines that change {tall_man(DOCUMENTED)}’s level, during this taper"


@dataclass(frozen=True, slots=True)
class ChartTableRow:
    """One fact, exact. `days`: "Mon, Mar 2, 2026 to Sun, Mar 15, 2026"."""

    days: str
    what: str
    value: str


def title(facts: ChartFacts) -> str:
    return f"Planned and reported daily dose of {facts.drug}, day by day"


def description(facts: ChartFacts) -> str:
    """Every kind of fact in a sentence, for a person who cannot see the chart."""
    return " ".join(_sentences(facts))


def rows(facts: ChartFacts) -> tuple[ChartTableRow, ...]:
    """In the order of days; on one day the plan first, then what was reported."""
    return tuple(row for _, row in sorted(_dated(facts), key=lambda dated: dated[0]))


def _dated(facts: ChartFacts) -> Iterator[tuple[date, ChartTableRow]]:
    for run in facts.planned:
        days = _days(run.first_day, run.last_day)
        yield (
            run.first_day,
            ChartTableRow(days, f"Planned: plan {run.plan}, version {run.version}", _daily(run.dose)),
        )
    for reported in facts.reported:
        days = _days(reported.first_day, reported.last_day)
        yield reported.first_day, ChartTableRow(days, "Reported as taken", _daily(reported.dose))
    for milestone in facts.milestones:
        yield milestone.day, ChartTableRow(milestone.days, milestone.kind.label, milestone.words)
    for band in facts.bands:
        for point in band.points:
            yield point.day, ChartTableRow(short(point.day), band.name, _noted(band, point))


def _sentences(facts: ChartFacts) -> Iterator[str]:
    if facts.is_empty:
        yield "Nothing has been recorded yet."
        return
    yield f"From {without_weekday(facts.first_day)} to {without_weekday(facts.last_day)}."
    if facts.planned:
        runs = sorted(facts.planned, key=lambda run: run.first_day)
        yield (
            f"Planned: {_count(len(runs), 'run of days', 'runs of days')}, the first at {_daily(runs[0].dose)},"
            f" the last at {_daily(runs[-1].dose)}{'' if runs[-1].last_day else ' until it is reviewed'}."
        )
    yield _reported(facts)
    for milestone in sorted(facts.milestones, key=lambda milestone: milestone.day):
        yield _happened(milestone)
    yield from (_values(band) for band in facts.bands if band.points)
    today = f"Today is {without_weekday(facts.today)}"
    yield f"{today}." if facts.first_day <= facts.today <= facts.last_day else f"{today}, outside these days."
    yield "The table below the chart has every number."


def medicines(facts: ChartFacts) -> tuple[str, ...]:
    """What changes the level of the drug, each with its day, for a page and a paper that have no table of it."""
    return tuple(
        f"{milestone.days}: {milestone.words}"
        for milestone in facts.milestones
        if milestone.kind is MilestoneKind.MEDICINE
    )


def _happened(milestone: Milestone) -> str:
    if milestone.kind is MilestoneKind.MEDICINE:
        return f"{milestone.words} ({milestone.days})."
    if milestone.kind is MilestoneKind.AS_NEEDED:
        return f"As needed {milestone.words}."
    return f"{milestone.kind.label} on {without_weekday(milestone.day)}."


def _reported(facts: ChartFacts) -> str:
    if not facts.reported:
        return "No dose has been reported as taken."
    days = sum((run.last_day - run.first_day).days + 1 for run in facts.reported)
    doses = [run.dose for run in facts.reported]
    between = f"between {min(doses)} and {max(doses)}" if min(doses) != max(doses) else f"{doses[0]}"
    differing = sum(_differs(facts, run.first_day, run.last_day, run.dose) for run in facts.reported)
    return (
        f"Reported as taken on {_count(days, 'day', 'days')}: {between} a day."
        f" On {_count(differing, 'day', 'days')} this is not what was planned."
    )


def _differs(facts: ChartFacts, first: date, last: date, dose: Dose) -> int:
    """Days of this report on which no plan says this dose."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return sum(
        not any(
            run.first_day <= day and (run.last_day is None or day <= run.last_day) and run.dose == dose
            for run in facts.planned
        )
        for day in days
    )


def _noted(band: Band, point: Point) -> str:
    """ "3, 4 of 18 asked (check-in 2)", or "11 of 27"."""
    said = f"{point.value} of {band.maximum}"
    if point.asked is not None:
        said = f"{point.value}, {asked_in_words(point.asked, point.listed, point.added)}"
    return f"{said} ({point.note})" if point.note else said


def _values(band: Band) -> str:
    points = sorted(band.points, key=lambda point: point.day)
    values = [point.value for point in points]
    times = _count(len(points), "time", "times")
    partial = sum(point.is_partial for point in points)
    times += f", {partial} of them not asked in full" if partial else ""
    return (
        f"{band.title}: noted {times}, lowest {min(values)}, highest {max(values)},"
        f" last {values[-1]} on {without_weekday(points[-1].day)}."
    )


def _days(first: date, last: date | None) -> str:
    if last is None:
        return f"{short(first)}, until it is reviewed"
    return short(first) if first == last else f"{short(first)} to {short(last)}"


def _daily(dose: Dose) -> str:
    return f"{dose} a day"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
