"""Stories to draw: one with everything in it, and any that could be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from hypothesis import strategies as st

from taperplanner.doses import Dose, parse_dose
from taperplanner.monitoring.chart.facts import (
    Band,
    ChartFacts,
    DrugDoses,
    Milestone,
    MilestoneKind,
    Planned,
    Point,
    Reported,
    symptoms_noted,
)

FIRST: Final = date(2026, 3, 2)


def day(offset: int) -> date:
    return FIRST + timedelta(days=offset)


def dose(number: str) -> Dose:
    return parse_dose(number)


def points(*values: tuple[int, int]) -> tuple[Point, ...]:
    return tuple(Point(day(offset), value) for offset, value in values)


def nothing(today: date = FIRST) -> ChartFacts:
    return of_clonazepam(today=today)


def of_clonazepam(
    *,
    planned: tuple[Planned, ...] = (),
    reported: tuple[Reported, ...] = (),
    milestones: tuple[Milestone, ...] = (),
    bands: tuple[Band, ...] = (),
    today: date = FIRST,
) -> ChartFacts:
    return ChartFacts((DrugDoses("clonazepam", planned, reported),), milestones, bands, today)


def cross_taper(*beside: DrugDoses) -> ChartFacts:
    """Clonazepam goes down by plan 1 while diazepam goes up by plan 2."""
    down = (
        Planned(day(0), day(13), dose("2"), 1, 1),
        Planned(day(14), day(27), dose("1.5"), 1, 1),
        Planned(day(28), day(41), dose("1"), 1, 1),
    )
    up = (Planned(day(7), day(20), dose("5"), 2, 1), Planned(day(21), None, dose("10"), 2, 1))
    drugs = (DrugDoses("clonazepam", down, ()), DrugDoses("diazepam", up, ()), *beside)
    return ChartFacts(drugs, (), (), day(20))


def half_a_year() -> ChartFacts:
    """Two holds, a revision, an emergency; some days reported, one with more than was planned."""
    typed = [(14, "2"), (28, "1.75"), (14, "1.5"), (28, "1.25"), (14, "1"), (14, "0.875"), (28, "0.75")]
    planned = []
    start = 0
    for days, number in typed:
        version = 1 + (start >= 28) + (start >= 56)
        planned.append(Planned(day(start), day(start + days - 1), dose(number), 1, version))
        start += days
    planned.append(Planned(day(start), None, dose("0.5"), 1, 3))
    return of_clonazepam(
        planned=tuple(planned),
        reported=(
            Reported(day(0), day(13), dose("2")),
            Reported(day(14), day(26), dose("1.75")),
            Reported(day(27), day(27), dose("2.25")),
            Reported(day(28), day(41), dose("1.75")),
            Reported(day(56), day(96), dose("1.25")),
            Reported(day(97), day(99), dose("0.5")),
            Reported(day(100), day(111), dose("1")),
        ),
        milestones=(
            Milestone(day(28), MilestoneKind.HOLD, "Poor sleep"),
            Milestone(day(56), MilestoneKind.REVISION, "Smaller steps agreed"),
            Milestone(day(70), MilestoneKind.HOLD, "Influenza"),
            Milestone(day(99), MilestoneKind.EMERGENCY, "Seizure; sent to hospital by ambulance"),
        ),
        bands=(
            symptoms_noted(points((0, 4), (28, 18), (56, 10), (99, 33), (112, 15)), maximum=72),
            Band("PHQ-9", 27, points((0, 8), (28, 12), (56, 10), (99, 14), (112, 9))),
            Band("GAD-7", 21, points((0, 10), (28, 15), (99, 18))),
        ),
        today=day(120),
    )


DOSES: Final = st.integers(0, 10**10).map(Dose) | st.sampled_from([Dose(0), Dose(62_500), Dose(500_000)])
DAYS: Final = st.integers(-40, 2000).map(day)


@st.composite
def stories(draw: st.DrawFn) -> ChartFacts:
    """Up to three drugs, each with up to two plans with runs that follow each other and reports with gaps;
    milestones and scores on any day."""
    names = ("clonazepam", "diazepam", "a drug with a name that is longer than most")
    return ChartFacts(
        tuple(
            draw(drug_doses(name, first_plan=2 * number + 1))
            for number, name in enumerate(names[: draw(st.integers(1, 3))])
        ),
        tuple(
            draw(
                st.lists(
                    st.builds(Milestone, DAYS, st.sampled_from(MilestoneKind), st.just("words")), max_size=12
                )
            )
        ),
        tuple(draw(st.lists(bands(), max_size=4))),
        draw(DAYS),
    )


@st.composite
def drug_doses(draw: st.DrawFn, name: str, first_plan: int) -> DrugDoses:
    count = draw(st.integers(0, 2))
    planned = (run for plan in range(first_plan, first_plan + count) for run in draw(plans(plan)))
    return DrugDoses(name, tuple(planned), draw(reports()))


@st.composite
def plans(draw: st.DrawFn, plan: int) -> tuple[Planned, ...]:
    lengths = draw(st.lists(st.integers(1, 60), min_size=1, max_size=20))
    start = draw(st.integers(-30, 60))
    runs = []
    for days in lengths:
        runs.append(Planned(day(start), day(start + days - 1), draw(DOSES), plan, 1))
        start += days
    if draw(st.booleans()):
        last = runs.pop()
        runs.append(Planned(last.first_day, None, last.dose, plan, 1))
    return tuple(runs)


@st.composite
def reports(draw: st.DrawFn) -> tuple[Reported, ...]:
    edges = sorted(draw(st.sets(st.integers(-30, 400), max_size=24)))
    runs = [Reported(day(start), day(end - 1), draw(DOSES)) for start, end in pairwise(edges)]
    return tuple(run for run in runs if draw(st.booleans()))


@st.composite
def bands(draw: st.DrawFn) -> Band:
    maximum = draw(st.integers(0, 100))
    return Band(
        "PHQ-9", maximum, tuple(draw(st.lists(st.builds(Point, DAYS, st.integers(0, 120)), max_size=12)))
    )
