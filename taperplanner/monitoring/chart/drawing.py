"""One chart of a taper: planned and reported dose, what happened, symptoms and scores, on the same days.

Facts in, whole pixels out. Nothing is averaged, joined up or predicted: a day that nobody reported has
no line, and a label that has no room is left out, since the table beside the chart says everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from taperplanner.doses import Dose

from .axis import LETTER_WIDTH, LINE_HEIGHT, DayAxis, DoseAxis, Label, Tick, apart, has_room
from .facts import Band, ChartFacts, Milestone, MilestoneKind, Planned, Reported

LEGEND_HEIGHT: Final = 22
DATES_HEIGHT: Final = 24
BAND_GAP: Final = 6
BAND_HEAD: Final = 30
BAND_BODY: Final = 42
MARGIN: Final = 4
RIGHT_MARGIN: Final = 14
MARKER_ROOM: Final = 8
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
class Drawing:
    paper: Paper
    height: int
    left: int
    right: int
    top: int
    bottom: int
    planned: tuple[Line, ...]
    reported: tuple[Line, ...]
    dose_ticks: tuple[Tick, ...]
    day_ticks: tuple[Tick, ...]
    dates: tuple[Label, ...]
    milestones: tuple[DrawnMilestone, ...]
    today: Tick | None
    bands: tuple[DrawnBand, ...]
    foot: int
    has_partial_sum: bool

    @property
    def view_box(self) -> str:
        return f"0 0 {self.paper.width} {self.height}"


def draw(facts: ChartFacts, paper: Paper) -> Drawing:
    left = LETTER_WIDTH * max((len(str(dose)) for dose in facts.doses), default=len("0 mg")) + MARGIN + 6
    days = DayAxis(facts.first_day, facts.last_day, left, paper.width - RIGHT_MARGIN)
    legend = LEGEND_HEIGHT * (2 if facts.has_partial_sum else 1)
    milestones, lanes = _milestones(facts.milestones, days, legend + 2 * LINE_HEIGHT - 3)
    top = legend + LINE_HEIGHT * (lanes + 1) + 10
    bottom = top + paper.dose_height
    doses = DoseAxis(facts.top_dose, top, bottom)
    day_ticks = days.ticks(bottom + LINE_HEIGHT + 2)
    bands = tuple(_bands(facts.bands, days, bottom + DATES_HEIGHT))
    foot = bands[-1].bottom if bands else bottom
    return Drawing(
        paper=paper,
        height=foot + DATES_HEIGHT,
        left=days.left,
        right=days.right,
        top=top,
        bottom=bottom,
        planned=tuple(_planned(facts.planned, days, doses, facts.last_day)),
        reported=tuple(_reported(facts.reported, days, doses)),
        dose_ticks=doses.ticks(facts.doses, left - 6),
        day_ticks=day_ticks,
        dates=(
            *(tick.label for tick in day_ticks),
            *(replace(tick.label, y=foot + LINE_HEIGHT + 2) for tick in day_ticks if bands),
        ),
        milestones=milestones,
        today=_today(facts.today, days, legend + LINE_HEIGHT - 3),
        bands=bands,
        foot=foot,
        has_partial_sum=facts.has_partial_sum,
    )


def _planned(runs: Iterable[Planned], days: DayAxis, doses: DoseAxis, last: date) -> Iterator[Line]:
    """One line for each plan, broken where its days are."""
    for _, plan in groupby(sorted(runs, key=lambda run: (run.plan, run.first_day)), lambda run: run.plan):
        ours = list(plan)
        spans = [(run.first_day, run.last_day or last, run.dose) for run in ours]
        lines = list(_lines(spans, days, doses))
        if ours[-1].last_day is None:
            lines[-1] = Line(lines[-1].runs, goes_on=True)
        yield from lines


def _reported(runs: Iterable[Reported], days: DayAxis, doses: DoseAxis) -> Iterator[Line]:
    spans = [(run.first_day, run.last_day, run.dose) for run in sorted(runs, key=lambda run: run.first_day)]
    yield from _lines(spans, days, doses)


def _lines(spans: Sequence[tuple[date, date, Dose]], days: DayAxis, doses: DoseAxis) -> Iterator[Line]:
    """Shape of `spans`: first day, last day, dose; in the order of days."""
    runs: list[Run] = []
    expected: date | None = None
    for first, last, dose in spans:
        if runs and first != expected:
            yield Line(tuple(runs))
            runs = []
        runs.append(Run(days.start(first), days.end(last), doses.y(dose)))
        expected = last + timedelta(days=1)
    if runs:
        yield Line(tuple(runs))


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
