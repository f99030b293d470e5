"""One chart of a patient's plans: planned and reported dose of each drug, what happened, symptoms and scores, on the same days.

Facts in, whole pixels out. Nothing is averaged, joined up or predicted: a day that nobody reported has
no line, and a label that has no room is left out, since the table beside the chart says everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from .axis import LETTER_WIDTH, LINE_HEIGHT, DayAxis, Label, Tick, apart, has_room
from .facts import Band, ChartFacts, Milestone, MilestoneKind
from .panels import MARGIN, Frame, Panel, dashes_of, panel_of

LEGEND_HEIGHT: Final = 22
LEGEND_BASELINE: Final = 15
LEGEND_MARK: Final = 28
LEGEND_TEXT: Final = 34
DATES_HEIGHT: Final = 24
BAND_GAP: Final = 6
BAND_HEAD: Final = 30
BAND_BODY: Final = 42
PANEL_GAP: Final = 6
RIGHT_MARGIN: Final = 14
MILESTONE_LANES: Final = 3
STEM_ROOM: Final = 6
SPAN_END: Final = 5
# Told apart without colour; the words above them say which is which.
DASHES: Final = {
    MilestoneKind.HOLD: "2 2",
    MilestoneKind.HOLD_ENDED: "2 5",
    MilestoneKind.DAYS_CHANGED: "4 4",
    MilestoneKind.REVISION: "6 3",
    MilestoneKind.EMERGENCY: "none",
    MilestoneKind.MEDICINE: "1 3",
    MilestoneKind.AS_NEEDED: "1 6",
    MilestoneKind.ENDED: "8 2 2 2",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """`name` begins every id, so that one page can hold two drawings. Unit: pixels."""

    name: str
    width: int
    dose_height: int


WIDE: Final = Paper("taper-wide", 720, 190)
NARROW: Final = Paper("taper-narrow", 340, 220)


@dataclass(frozen=True, slots=True)
class DrawnMilestone:
    """A line from `top` to the foot of the chart. `label` is none where it has no room.

    `until`: where the days end that it may be of, where its own is not known: then it is drawn over them, and at none.
    """

    x: int
    top: int
    kind: MilestoneKind
    label: Label | None
    until: int | None = None

    @property
    def dashes(self) -> str:
        return DASHES[self.kind]

    @property
    def over_days(self) -> str:
        """A bar with an end at each side."""
        if self.until is None:
            return ""
        high, low = self.top, self.top + SPAN_END
        return f"M{self.x} {low}V{high}H{self.until}V{low}"

    @property
    def width(self) -> int:
        return 3 if self.kind is MilestoneKind.EMERGENCY else 1


@dataclass(frozen=True, slots=True)
class Stem:
    """`is_named`: its value has room above it. `is_hollow`: a sum of which not everything was asked."""

    x: int
    y: int
    value: Label
    is_hollow: bool = False
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class DrawnBand:
    title: Label
    top: int
    bottom: int
    stems: tuple[Stem, ...]


@dataclass(frozen=True, slots=True)
class LegendMark:
    """`kind`: planned, reported, or partial: a sum of which not everything was asked."""

    kind: str
    x: int
    y: int
    text: str
    dashes: str = "none"

    @property
    def line(self) -> str:
        return f"M{self.x} {self.y - 4}h28"

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + LEGEND_MARK // 2, self.y - 4

    @property
    def text_x(self) -> int:
        return self.x + LEGEND_TEXT


@dataclass(frozen=True, slots=True)
class Drawing:
    paper: Paper
    height: int
    left: int
    right: int
    legend: tuple[LegendMark, ...]
    panels: tuple[Panel, ...]
    day_ticks: tuple[Tick, ...]
    dates: tuple[Label, ...]
    milestones: tuple[DrawnMilestone, ...]
    today: Tick | None
    bands: tuple[DrawnBand, ...]
    foot: int

    @property
    def view_box(self) -> str:
        return f"0 0 {self.paper.width} {self.height}"


def draw(facts: ChartFacts, paper: Paper) -> Drawing:
    drawn = facts.drawn
    widest = max((len(str(dose)) for doses in drawn for dose in doses.doses), default=len("0 mg"))
    days = DayAxis(
        facts.first_day, facts.last_day, LETTER_WIDTH * widest + MARGIN + 6, paper.width - RIGHT_MARGIN
    )
    legend = _legend(facts, paper)
    below_legend = legend[-1].y + LEGEND_HEIGHT - LEGEND_BASELINE
    milestones, lanes = _milestones(facts.milestones, days, below_legend + 2 * LINE_HEIGHT - 3)
    panels = _panels(facts, paper, days, below_legend + LINE_HEIGHT * (lanes + 1) + 10)
    day_ticks = days.ticks(LINE_HEIGHT + 2)
    bands = tuple(_bands(facts.bands, days, panels[-1].bottom + DATES_HEIGHT))
    foot = bands[-1].bottom if bands else panels[-1].bottom
    dated = [*(panel.bottom for panel in panels), *([foot] if bands else [])]
    return Drawing(
        paper=paper,
        height=foot + DATES_HEIGHT,
        left=days.left,
        right=days.right,
        legend=legend,
        panels=panels,
        day_ticks=day_ticks,
        dates=tuple(replace(tick.label, y=y + tick.label.y) for y in dated for tick in day_ticks),
        milestones=milestones,
        today=_today(facts.today, days, below_legend + LINE_HEIGHT - 3),
        bands=bands,
        foot=foot,
    )


def _panels(facts: ChartFacts, paper: Paper, days: DayAxis, y: int) -> tuple[Panel, ...]:
    """One for each drug, one below another."""
    drawn = facts.drawn
    height = paper.dose_height if len(drawn) == 1 else paper.dose_height * 2 // 3
    dashes = dashes_of([plan for plan, _ in facts.plans])
    frame = Frame(days, paper.width, height, dashes, has_titles=len(drawn) > 1)
    panels: list[Panel] = []
    for doses in drawn:
        panels.append(panel_of(doses, frame, panels[-1].bottom + DATES_HEIGHT + PANEL_GAP if panels else y))
    return tuple(panels)


def _legend(facts: ChartFacts, paper: Paper) -> tuple[LegendMark, ...]:
    """In a picture of several plans each has its own mark, on a line of its own."""
    partial = "Total with some questions not asked"
    rest = [("partial", partial, "none")] if facts.has_partial_sum else []
    if len(facts.plans) <= 1:
        first = [
            LegendMark("planned", MARGIN, LEGEND_BASELINE, "Planned"),
            LegendMark("reported", MARGIN + 104, LEGEND_BASELINE, "Reported as taken"),
        ]
    else:
        first = []
        dashes = dashes_of([plan for plan, _ in facts.plans])
        planned = [("planned", _planned_by(plan, drug, paper), dashes[plan]) for plan, drug in facts.plans]
        rest = [*planned, ("reported", "Reported as taken", "none"), *rest]
    y = LEGEND_BASELINE + (LEGEND_HEIGHT if first else 0)
    return (
        *first,
        *(
            LegendMark(kind, MARGIN, y + LEGEND_HEIGHT * number, text, dash)
            for number, (kind, text, dash) in enumerate(rest)
        ),
    )


def _planned_by(plan: int, drug: str, paper: Paper) -> str:
    """Without the drug where there is no room for it; the panel of the plan has it."""
    text = f"Planned: plan {plan}, {drug}"
    fits = MARGIN + LEGEND_TEXT + LETTER_WIDTH * len(text) <= paper.width - RIGHT_MARGIN
    return text if fits else f"Planned: plan {plan}"


def _milestones(
    milestones: Iterable[Milestone], days: DayAxis, y: int
) -> tuple[tuple[DrawnMilestone, ...], int]:
    """Each mark's line, its label in the first lane with room for it; and how many lanes are used.

    An emergency is given its room first.
    """
    lanes: list[list[Label]] = [[] for _ in range(MILESTONE_LANES)]
    drawn = []
    for milestone in sorted(
        milestones, key=lambda milestone: (milestone.kind is not MilestoneKind.EMERGENCY, milestone.day)
    ):
        x = days.start(milestone.day)
        until = days.end(milestone.until) if milestone.until else None
        middle = (x + until) // 2 if until else x
        label = days.label(middle, y, milestone.label, is_bold=milestone.kind is MilestoneKind.EMERGENCY)
        free = (number for number, lane in enumerate(lanes) if has_room(label, lane))
        number = next(free, None) if days.holds(label) else None
        if number is not None:
            lanes[number].append(label)
            label = replace(label, y=y + LINE_HEIGHT * number)
        drawn.append(DrawnMilestone(x, label.y + 3, milestone.kind, None if number is None else label, until))
    return tuple(drawn), sum(1 for lane in lanes if lane)


def _today(today: date, days: DayAxis, y: int) -> Tick | None:
    if not days.shows(today):
        return None
    x = days.middle(today)
    return Tick(x, days.label(x, y, "Today", is_bold=True))


def _bands(bands: Iterable[Band], days: DayAxis, y: int) -> Iterator[DrawnBand]:
    for band in bands:
        if not band.points:
            continue
        top = y + BAND_GAP + BAND_HEAD
        bottom = top + BAND_BODY
        title = Label(MARGIN, y + BAND_GAP + LINE_HEIGHT - 3, "start", band.title)
        yield DrawnBand(title, top, bottom, tuple(_stems(band, days, top, bottom)))
        y = bottom


def _stems(band: Band, days: DayAxis, top: int, bottom: int) -> Iterator[Stem]:
    """A value above its scale is drawn at its own height: the scale grows."""
    highest = max(band.maximum, 1, *(point.value for point in band.points))
    stems = []
    for day, of_day in groupby(sorted(band.points, key=lambda point: point.day), lambda point: point.day):
        contacts = list(of_day)
        for x, point in zip(days.side_by_side(day, len(contacts), STEM_ROOM), contacts, strict=True):
            y = bottom - point.value * (bottom - top) // highest
            stems.append(Stem(x, y, Label(x, y - 6, "middle", str(point.value)), point.is_partial))
    named = apart(stems, lambda stem: stem.value)
    yield from (replace(stem, is_named=stem in named) for stem in stems)
