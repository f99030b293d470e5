"""The chart against its facts: every line, mark and number stands where its day and its dose put it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from taperplanner.doses import Dose
from taperplanner.monitoring.chart.axis import DayAxis, Label
from taperplanner.monitoring.chart.drawing import NARROW, STEM_ROOM, WIDE, Drawing, Paper, draw
from taperplanner.monitoring.chart.facts import (
    Band,
    ChartFacts,
    DrugDoses,
    Milestone,
    MilestoneKind,
    Planned,
    Point,
    Reported,
)
from taperplanner.monitoring.chart.page import chart_of
from taperplanner.monitoring.chart.panels import Line, Panel, Run

from ..world.drawings import PAPERS, lines, of_one, runs, spans
from ..world.stories import day, dose, half_a_year, nothing, of_clonazepam, stories

# --- Lines ------------------------------------------------------------------------------------


def misplaced(drawing: Drawing, story: ChartFacts) -> list[str]:
    """What does not stand where its facts put it, worked out anew from the facts of its drug alone."""
    found: list[str] = []
    for panel, doses in zip(drawing.panels, story.drawn, strict=True):
        found += misplaced_in(panel, doses, drawing, story)
    return found


def misplaced_in(panel: Panel, doses: DrugDoses, drawing: Drawing, story: ChartFacts) -> list[str]:
    days = (story.last_day - story.first_day).days + 1
    width, height = drawing.right - drawing.left, panel.bottom - panel.top
    top = max([run.dose.nanograms for run in (*doses.planned, *doses.reported)], default=0)
    found = []
    for run, (first, last, typed) in zip(runs(panel), spans(doses, story.last_day), strict=True):
        before = (first - story.first_day).days
        through = (last - story.first_day).days + 1
        if not 0 <= before * width - (run.x0 - drawing.left) * days < days:
            found.append(f"{run} begins elsewhere than {first}")
        if not 0 <= through * width - (run.x1 - drawing.left) * days < days:
            found.append(f"{run} ends elsewhere than {last}")
        if top and not 0 <= typed.nanograms * height - (panel.bottom - run.y) * top < top:
            found.append(f"{run} is not at {typed}")
    return found


@given(stories(), PAPERS)
@settings(max_examples=30, deadline=None)
def test_each_run_is_as_wide_as_its_days_and_as_high_as_its_dose(story: ChartFacts, paper: Paper) -> None:
    assert misplaced(draw(story, paper), story) == []


@pytest.mark.parametrize(
    "shift",
    [
        lambda run: replace(run, first_day=run.first_day + timedelta(days=2)),
        lambda run: replace(run, last_day=run.last_day - timedelta(days=2)),
        lambda run: replace(run, dose=Dose(run.dose.nanograms - 62_500)),
    ],
    ids=["its first day", "its last day", "its dose"],
)
def test_one_value_shifted_is_noticed(shift: Callable[[Planned], Planned]) -> None:
    story = half_a_year()
    (doses,) = story.drugs
    shifted = (*doses.planned[:2], shift(doses.planned[2]), *doses.planned[3:])
    assert misplaced(draw(story, WIDE), replace(story, drugs=(replace(doses, planned=shifted),)))


@given(stories(), PAPERS)
@settings(max_examples=30, deadline=None)
def test_runs_that_follow_each_other_touch_and_others_do_not_join(story: ChartFacts, paper: Paper) -> None:
    for panel, doses in zip(draw(story, paper).panels, story.drawn, strict=True):
        for line in lines(panel):
            assert all(one.x1 == following.x0 for one, following in pairwise(line.runs))
        gaps = sum(
            one.last_day + timedelta(days=1) != following.first_day
            for one, following in pairwise(doses.reported)
        )
        assert len(panel.reported) == (gaps + 1 if doses.reported else 0)


@given(stories(), PAPERS)
@settings(max_examples=30, deadline=None)
def test_a_higher_dose_is_never_lower_and_an_equal_one_is_level(story: ChartFacts, paper: Paper) -> None:
    for panel, doses in zip(draw(story, paper).panels, story.drawn, strict=True):
        drawn = [
            (typed, run.y)
            for run, (_, _, typed) in zip(runs(panel), spans(doses, story.last_day), strict=True)
        ]
        for (one, high), (other, low) in pairwise(sorted(drawn, key=lambda pair: pair[0])):
            assert high >= low
            assert one != other or high == low


def test_a_line_is_one_path_down_its_steps() -> None:
    line = Line((Run(10, 40, 20), Run(40, 90, 35)))
    assert line.path == "M10 20V20H40V35H90"


def test_a_plan_without_a_last_day_goes_on_to_today_and_has_an_arrow() -> None:
    story = of_clonazepam(planned=(Planned(day(0), None, dose("1"), 1, 1),), today=day(30))
    (line,) = lines(of_one(story))
    assert line.goes_on
    assert line.runs[-1].x1 == draw(story, WIDE).right
    assert story.last_day == day(30)
    assert replace(story, today=day(-400)).last_day == day(6)


def test_a_plan_with_a_last_day_has_no_arrow() -> None:
    story = of_clonazepam(planned=(Planned(day(0), day(9), dose("1"), 1, 1),))
    assert not lines(of_one(story))[0].goes_on


def test_two_plans_are_two_lines() -> None:
    one = Planned(day(0), day(9), dose("1"), 1, 1)
    other = replace(one, plan=2, first_day=day(10), last_day=day(20))
    assert len(of_one(of_clonazepam(planned=(one, other))).planned) == 2


def test_days_that_nobody_reported_have_no_line() -> None:
    reported = (Reported(day(0), day(3), dose("1")), Reported(day(6), day(8), dose("1")))
    one, two = of_one(of_clonazepam(reported=reported)).reported
    assert one.runs[-1].x1 < two.runs[0].x0


def test_a_report_above_the_plan_sets_the_top() -> None:
    panel = of_one(half_a_year())
    assert panel.dose_ticks[-1].label.text == "2.25 mg"
    assert min(run.y for line in panel.reported for run in line.runs) == panel.top


# --- Nothing leaves the paper -----------------------------------------------------------------


def labels(drawing: Drawing) -> Iterator[Label]:
    for panel in drawing.panels:
        yield from panel.title
        yield from (tick.label for tick in panel.dose_ticks)
        yield from (plan.name for plan in panel.planned if plan.name)
    yield from (Label(mark.text_x, mark.y, "start", mark.text) for mark in drawing.legend)
    yield from drawing.dates
    yield from (milestone.label for milestone in drawing.milestones if milestone.label)
    yield from (stem.value for band in drawing.bands for stem in band.stems if stem.is_named)
    if drawing.today:
        yield drawing.today.label


@given(stories(), PAPERS)
@settings(max_examples=30, deadline=None)
def test_every_point_and_every_word_is_on_the_paper(story: ChartFacts, paper: Paper) -> None:
    drawing = draw(story, paper)
    xs = [x for panel in drawing.panels for run in runs(panel) for x in (run.x0, run.x1)]
    xs += [milestone.x for milestone in drawing.milestones] + [
        stem.x for band in drawing.bands for stem in band.stems
    ]
    assert all(drawing.left <= x <= drawing.right for x in xs)
    for panel in drawing.panels:
        assert all(panel.top <= run.y <= panel.bottom for run in runs(panel))
    assert all(band.top <= stem.y <= band.bottom for band in drawing.bands for stem in band.stems)
    for label in labels(drawing):
        start, end = label.span
        assert 0 <= start < end <= paper.width, label
        assert 0 < label.y < drawing.height, label


@given(stories(), PAPERS)
@settings(max_examples=30, deadline=None)
def test_words_on_one_line_do_not_run_into_each_other(story: ChartFacts, paper: Paper) -> None:
    drawing = draw(story, paper)
    by_line: dict[int, list[tuple[int, int]]] = {}
    names = [plan.name for panel in drawing.panels for plan in panel.planned if plan.name]
    marked = [milestone.label for milestone in drawing.milestones if milestone.label]
    for label in [*drawing.dates, *marked, *names]:
        by_line.setdefault(label.y, []).append(label.span)
    for line in by_line.values():
        assert all(one[1] < following[0] for one, following in pairwise(sorted(line)))


# --- Marks, today, bands ----------------------------------------------------------------------


@given(stories(), PAPERS)
@settings(max_examples=30, deadline=None)
def test_every_mark_and_every_value_is_drawn_on_its_day(story: ChartFacts, paper: Paper) -> None:
    drawing = draw(story, paper)
    axis = DayAxis(story.first_day, story.last_day, drawing.left, drawing.right)
    assert sorted((milestone.x, milestone.kind) for milestone in drawing.milestones) == sorted(
        (axis.start(milestone.day), milestone.kind) for milestone in story.milestones
    )
    filled = [band for band in story.bands if band.points]
    for drawn, band in zip(drawing.bands, filled, strict=True):
        assert sorted(stem.value.text for stem in drawn.stems) == sorted(
            str(one.value) for one in band.points
        )
        contacts = Counter(point.day for point in band.points)
        places = [x for day, count in contacts.items() for x in axis.side_by_side(day, count, STEM_ROOM)]
        assert sorted(stem.x for stem in drawn.stems) == sorted(places)
        by_value = sorted((int(stem.value.text), -stem.y) for stem in drawn.stems)
        assert [y for _, y in by_value] == sorted(y for _, y in by_value)


def test_each_kind_of_mark_is_told_apart_without_colour() -> None:
    milestones = tuple(Milestone(day(20 * number), kind, "") for number, kind in enumerate(MilestoneKind))
    drawn = draw(replace(nothing(), milestones=milestones), WIDE).milestones
    assert len({(milestone.dashes, milestone.width) for milestone in drawn}) == len(MilestoneKind)
    assert {milestone.label.text for milestone in drawn if milestone.label} == {
        kind.label for kind in MilestoneKind
    }


def test_an_emergency_keeps_its_words_when_there_is_room_for_few() -> None:
    holds = tuple(Milestone(day(offset), MilestoneKind.HOLD, "") for offset in range(20))
    milestones = (*holds, Milestone(day(10), MilestoneKind.EMERGENCY, ""))
    drawn = draw(replace(nothing(), milestones=milestones), NARROW).milestones
    assert len(drawn) == 21
    assert any(milestone.label and milestone.label.text == "Emergency" for milestone in drawn)
    assert any(milestone.label is None for milestone in drawn)


@pytest.mark.parametrize(("today", "is_shown"), [(-1, False), (0, True), (9, True), (10, False)])
def test_today_is_marked_where_it_is_in_the_picture(today: int, is_shown: bool) -> None:
    story = of_clonazepam(planned=(Planned(day(0), day(9), dose("1"), 1, 1),), today=day(today))
    drawing = draw(story, WIDE)
    assert (drawing.today is not None) == is_shown
    assert ("outside these days" in chart_of(story).description) != is_shown


def test_a_value_above_its_scale_stays_in_its_band() -> None:
    band = Band("PHQ-9", 27, (Point(day(0), 27), Point(day(5), 54)))
    (drawn,) = draw(replace(nothing(), bands=(band,)), WIDE).bands
    assert drawn.stems[1].y == drawn.top


@pytest.mark.parametrize("paper", [WIDE, NARROW])
def test_four_hundred_steps_over_years_are_drawn(paper: Paper) -> None:
    planned = tuple(Planned(day(3 * n), day(3 * n + 2), Dose((400 - n) * 12_345), 1, 1) for n in range(400))
    drawing = draw(of_clonazepam(planned=planned), paper)
    assert len(runs(drawing.panels[0])) == 400
    assert 2 <= len(drawing.day_ticks) <= 12
