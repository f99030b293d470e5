"""What the chart shows, in words: its title, its description, and every fact of it as a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from taperplanner.days import short, without_weekday
from taperplanner.patients.concerns import DOCUMENTED
from taperplanner.patients.vocabulary import tall_man

from ..symptoms import asked_in_words
from .facts import Band, ChartFacts, DrugDoses, Milestone, MilestoneKind, Planned, Point, Reported

MEDICINES: Final = f"Medicines that change {tall_man(DOCUMENTED)}’s level, during this taper"
APART: Final = "Each medicine has a scale of its own: milligrams of one are not milligrams of another."
GOES_ON: Final = "the pattern goes on until it is reviewed"
LEFT_OUT: Final = "it is not drawn, because what is stored of it is not what was signed."


@dataclass(frozen=True, slots=True)
class ChartTableRow:
    """One fact, exact. `days`: "Mon, Mar 2, 2026 to Sun, Mar 15, 2026"."""

    days: str
    what: str
    value: str


def title(facts: ChartFacts) -> str:
    drugs = " and of ".join(doses.drug for doses in facts.drugs)
    apart = ", each on a scale of its own" if len(facts.drugs) > 1 else ""
    return f"Planned and reported daily dose of {drugs}, day by day{apart}"


def cautions(facts: ChartFacts) -> tuple[str, ...]:
    """What must be read with the picture."""
    return (
        *([APART] if len(facts.drawn) > 1 else []),
        *(f"{plan}: {LEFT_OUT}" for plan in facts.left_out),
        *facts.typed_in_later,
    )


def description(facts: ChartFacts) -> str:
    """Every kind of fact in a sentence, for a person who cannot see the chart."""
    return " ".join(_sentences(facts))


def rows(facts: ChartFacts) -> tuple[ChartTableRow, ...]:
    """In the order of days; on one day the plan first, then what was reported."""
    return tuple(row for _, row in sorted(_dated(facts), key=lambda dated: dated[0]))


def _dated(facts: ChartFacts) -> Iterator[tuple[date, ChartTableRow]]:
    for doses in facts.drugs:
        drug = _of(doses, facts)
        for run in doses.planned:
            what = f"Planned{drug}: plan {run.plan}, version {run.version}"
            says = f"{_daily(run)}; {GOES_ON}" if run.repeats else _daily(run)
            yield run.first_day, ChartTableRow(_days(run.first_day, run.last_day), what, says)
        for reported in doses.reported:
            days = _days(reported.first_day, reported.last_day)
            yield reported.first_day, ChartTableRow(days, f"Reported as taken{drug}", _daily(reported))
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
    for doses in facts.drugs:
        yield from _planned(doses, facts)
        yield _reported(doses, _of(doses, facts))
    yield from cautions(facts)
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
    return f"{milestone.label} on {without_weekday(milestone.day)}."


def _of(doses: DrugDoses, facts: ChartFacts) -> str:
    """ " of diazepam", where there is more than one drug to tell apart."""
    return f" of {doses.drug}" if len(facts.drugs) > 1 else ""


def _planned(doses: DrugDoses, facts: ChartFacts) -> Iterator[str]:
    """A sentence for each plan; of the only one of its drug, without its number."""
    for plan in doses.plans:
        runs = sorted((run for run in doses.planned if run.plan == plan), key=lambda run: run.first_day)
        by = f" by plan {plan}" if len(facts.plans) > 1 else ""
        yield (
            f"Planned{_of(doses, facts)}{by}: {_count(len(runs), 'run of days', 'runs of days')}, the first at"
            f" {_daily(runs[0])}, the last at {_daily(runs[-1])}{_until(runs[-1])}."
        )
    if not doses.plans and len(facts.drugs) > 1:
        yield f"Nothing of {doses.drug} is planned on any day."


def _until(last: Planned) -> str:
    if last.repeats:
        return f", and {GOES_ON}"
    return "" if last.last_day else " until it is reviewed"


def _reported(doses: DrugDoses, drug: str) -> str:
    if not doses.reported:
        return f"No dose{drug} has been reported as taken."
    days = sum((run.last_day - run.first_day).days + 1 for run in doses.reported)
    taken = [run.dose for run in doses.reported]
    between = f"between {min(taken)} and {max(taken)}" if min(taken) != max(taken) else f"{taken[0]}"
    differing = sum(_differs(doses, run) for run in doses.reported)
    return (
        f"Reported as taken{drug} on {_count(days, 'day', 'days')}: {between} a day."
        f" On {_count(differing, 'day', 'days')} this is not what was planned."
    )


def _differs(doses: DrugDoses, reported: Reported) -> int:
    """Days of this report on which no plan of the drug says this dose."""
    length = (reported.last_day - reported.first_day).days + 1
    days = (reported.first_day + timedelta(days=offset) for offset in range(length))
    return sum(
        not any(
            run.first_day <= day
            and (run.last_day is None or day <= run.last_day)
            and run.dose == reported.dose
            for run in doses.planned
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


def _daily(run: Planned | Reported) -> str:
    return f"{run.dose} a day"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
