"""The lines of a drawing of the chart, as its tests ask for them."""

from __future__ import annotations

from datetime import date
from typing import Final

from hypothesis import strategies as st

from taperplanner.doses import Dose
from taperplanner.monitoring.chart.drawing import NARROW, WIDE, Paper, draw
from taperplanner.monitoring.chart.facts import ChartFacts, DrugDoses
from taperplanner.monitoring.chart.panels import Line, Panel, Run

PAPERS: Final = st.sampled_from([WIDE, NARROW])


def spans(doses: DrugDoses, last_day: date) -> list[tuple[date, date, Dose]]:
    """Each run that must be drawn, in the order it is drawn in."""
    ordered = sorted(doses.planned, key=lambda run: (run.plan, run.first_day))
    planned = [(run.first_day, run.last_day or last_day, run.dose) for run in ordered]
    reported = [(run.first_day, run.last_day, run.dose) for run in doses.reported]
    return [*planned, *reported]


def lines(panel: Panel) -> list[Line]:
    return [*(line for plan in panel.planned for line in plan.lines), *panel.reported]


def runs(panel: Panel) -> list[Run]:
    return [run for line in lines(panel) for run in line.runs]


def of_one(story: ChartFacts, paper: Paper = WIDE) -> Panel:
    (panel,) = draw(story, paper).panels
    return panel
