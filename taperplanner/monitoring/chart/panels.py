"""The doses of one drug, drawn on a scale that is theirs alone.

Milligrams of two drugs do not compare, so that each drug has a panel: its name, its axis, its lines. What the panels
share is the days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from textwrap import wrap
from typing import Final

from taperplanner.doses import Dose

from .axis import BOLD_LETTER_WIDTH, LINE_HEIGHT, DayAxis, DoseAxis, Label, Tick, has_room
from .facts import DrugDoses

MARGIN: Final = 4
MARKER_ROOM: Final = 8
NAME_ABOVE: Final = 9
NAME_BELOW: Final = 18
TITLE_GAP: Final = 8
# Lines of planned doses, told apart without colour; their names and the legend say which is which.
PLAN_DASHES: Final = ("none", "16 5", "4 4", "16 5 4 5")


@dataclass(frozen=True, slots=True)
class Run:
    """Equal doses on days that follow each other: one level line."""

    x0: int
    x1: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """Runs that follow each other without a gap, drawn in one go. `goes_on`: it has no last day."""

    runs: tuple[Run, ...]
    goes_on: bool = False

    @property
    def path(self) -> str:
        first = self.runs[0]
        return f"M{first.x0} {first.y}" + "".join(f"V{run.y}H{run.x1}" for run in self.runs)

    @property
    def arrow(self) -> str:
        """The head of a line that goes on."""
        end = self.runs[-1]
        return f"M{end.x1 - 7} {end.y - 6}L{end.x1 + 5} {end.y}L{end.x1 - 7} {end.y + 6}Z"

    @property
    def markers(self) -> tuple[tuple[int, int], ...]:
        """Where a dose begins, as long as the last marker is not in the way."""
        kept: list[tuple[int, int]] = []
        for run in self.runs:
            x, y = min(run.x0 + MARKER_ROOM // 2, (run.x0 + run.x1) // 2), run.y
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= MARKER_ROOM:
                kept.append((x, y))
        return tuple(kept)


@dataclass(frozen=True, slots=True)
class PlanLines:
    """What one plan says. `name` stands at the end of its last line; none in a picture of one plan, or without room."""

    plan: int
    dashes: str
    lines: tuple[Line, ...]
    name: Label | None


@dataclass(frozen=True, slots=True)
class Panel:
    """`title`: the drug, on as many lines as it needs; none in a picture of one drug, whose own title names it."""

    title: tuple[Label, ...]
    top: int
    bottom: int
    dose_ticks: tuple[Tick, ...]
    planned: tuple[PlanLines, ...]
    reported: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the panels of one picture have in common. `dashes`: of each plan by its number."""

    days: DayAxis
    width: int
    dose_height: int
    dashes: Mapping[int, str]
    has_titles: bool


def panel_of(doses: DrugDoses, frame: Frame, y: int) -> Panel:
    """From y downwards."""
    title = _title(doses.drug, frame.width, y) if frame.has_titles else ()
    top = y + LINE_HEIGHT * len(title) + (TITLE_GAP if title else 0)
    axis = DoseAxis(doses.top_dose, top, top + frame.dose_height)
    return Panel(
        title=title,
        top=axis.top,
        bottom=axis.bottom,
        dose_ticks=axis.ticks(doses.doses, frame.days.left - 6),
        planned=tuple(_planned(doses, frame, axis)),
        reported=tuple(_reported(doses, frame.days, axis)),
    )


def dashes_of(plans: Sequence[int]) -> dict[int, str]:
    return {plan: PLAN_DASHES[number % len(PLAN_DASHES)] for number, plan in enumerate(plans)}


def _title(drug: str, width: int, y: int) -> tuple[Label, ...]:
    lines = wrap(f"{drug}, mg a day", (width - 2 * MARGIN) // BOLD_LETTER_WIDTH)
    return tuple(
        Label(MARGIN, y + LINE_HEIGHT * (number + 1) - 3, "start", line, is_bold=True)
        for number, line in enumerate(lines)
    )


def _planned(doses: DrugDoses, frame: Frame, axis: DoseAxis) -> Iterator[PlanLines]:
    """The lines of each plan, broken where its days are."""
    names: list[Label] = []
    runs = sorted(doses.planned, key=lambda run: (run.plan, run.first_day))
    for plan, of_plan in groupby(runs, lambda run: run.plan):
        ours = list(of_plan)
        spans = [(run.first_day, run.last_day or frame.days.last_day, run.dose) for run in ours]
        lines = list(_lines(spans, frame.days, axis))
        if ours[-1].is_open:
            lines[-1] = Line(lines[-1].runs, goes_on=True)
        name = _name(f"Plan {plan}", lines[-1], frame.days, axis, names) if len(frame.dashes) > 1 else None
        names += [name] if name else []
        yield PlanLines(plan, frame.dashes[plan], tuple(lines), name)


def _name(text: str, line: Line, days: DayAxis, axis: DoseAxis, others: Sequence[Label]) -> Label | None:
    """Above the end of the line, or else below it."""
    end = line.runs[-1]
    for y in (end.y - NAME_ABOVE, end.y + NAME_BELOW):
        label = Label(end.x1, y, "end", text, is_bold=True)
        if label.span[0] < days.left:
            label = Label(days.left, y, "start", text, is_bold=True)
        near = [other for other in others if abs(other.y - y) < LINE_HEIGHT]
        if axis.top + LINE_HEIGHT <= y + 3 and y < axis.bottom and has_room(label, near):
            return label
    return None


def _reported(doses: DrugDoses, days: DayAxis, axis: DoseAxis) -> Iterator[Line]:
    runs = sorted(doses.reported, key=lambda run: run.first_day)
    yield from _lines([(run.first_day, run.last_day, run.dose) for run in runs], days, axis)


def _lines(spans: Sequence[tuple[date, date, Dose]], days: DayAxis, axis: DoseAxis) -> Iterator[Line]:
    """Shape of `spans`: first day, last day, dose; in the order of days."""
    runs: list[Run] = []
    expected: date | None = None
    for first, last, dose in spans:
        if runs and first != expected:
            yield Line(tuple(runs))
            runs = []
        runs.append(Run(days.start(first), days.end(last), axis.y(dose)))
        expected = last + timedelta(days=1)
    if runs:
        yield Line(tuple(runs))
