"""The axes of the chart: the days that all its panels share, and the doses of each drug alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from taperplanner.days import short
from taperplanner.doses import Dose
from taperplanner.monitoring.chart.axis import DayAxis, DoseAxis
from taperplanner.monitoring.chart.drawing import Paper, draw
from taperplanner.monitoring.chart.facts import ChartFacts

from ..world.drawings import PAPERS
from ..world.stories import stories


@given(stories(), PAPERS)
@settings(max_examples=30, deadline=None)
def test_the_axis_names_zero_the_highest_dose_and_none_that_nobody_typed(
    story: ChartFacts, paper: Paper
) -> None:
    for panel, doses in zip(draw(story, paper).panels, story.drawn, strict=True):
        names = [tick.label.text for tick in panel.dose_ticks]
        assert names[0] == "0 mg"
        assert names[-1] == str(doses.top_dose)
        assert set(names) <= {"0 mg", *map(str, doses.doses)}
        axis = DoseAxis(doses.top_dose, panel.top, panel.bottom)
        at = {str(typed): axis.y(typed) for typed in (*doses.doses, Dose(0))}
        assert all(tick.at == at[tick.label.text] for tick in panel.dose_ticks)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 4000), PAPERS)
@settings(max_examples=30, deadline=None)
def test_each_date_on_the_axis_stands_at_its_day(first: date, days: int, paper: Paper) -> None:
    axis = DayAxis(first, first + timedelta(days=days), 60, paper.width - 10)
    ticks = axis.ticks(0)
    assert ticks[0].at == axis.left
    assert ticks[0].label.text == short(first).partition(", ")[2]
    year = ""
    for tick in ticks:
        named, _, said = tick.label.text.partition(", ")
        year = said or year
        days_so_named = [
            one
            for one in (first + timedelta(days=offset) for offset in range(days + 1))
            if short(one).endswith(f", {named}, {year}")
        ]
        assert [axis.start(one) for one in days_so_named] == [tick.at]


def test_the_year_is_said_again_when_it_is_a_new_one() -> None:
    texts = [tick.label.text for tick in DayAxis(date(2026, 10, 5), date(2027, 4, 20), 60, 700).ticks(0)]
    assert texts[0] == "Oct 5, 2026"
    assert "Jan 1, 2027" in texts
    assert texts[-1] == "Apr 1"
