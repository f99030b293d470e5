"""Where a day and a dose are drawn, and which of them are labelled.

Whole pixels only: drawing rounds down to one, while the table beside the chart is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final, TypeVar

from taperplanner.days import short
from taperplanner.doses import Dose

Labelled = TypeVar("Labelled")

LETTER_WIDTH: Final = 7  # of 12-pixel letters, on the wide side
BOLD_LETTER_WIDTH: Final = 9
SHORTEST_DATE: Final = LETTER_WIDTH * len("May 1")
LINE_HEIGHT: Final = 15


@dataclass(frozen=True, slots=True)
class Label:
    """`anchor`: which end of the text is at x, as SVG names it."""

    x: int
    y: int
    anchor: str
    text: str
    is_bold: bool = False

    @property
    def weight(self) -> str:
        return "bold" if self.is_bold else "normal"

    @property
    def span(self) -> tuple[int, int]:
        """Where the text begins and ends, about."""
        width = len(self.text) * (BOLD_LETTER_WIDTH if self.is_bold else LETTER_WIDTH)
        start = self.x - {"start": 0, "middle": width // 2, "end": width}[self.anchor]
        return start, start + width


@dataclass(frozen=True, slots=True)
class Tick:
    at: int
    label: Label


@dataclass(frozen=True, slots=True)
class DayAxis:
    """A day is as wide as every other; it ends where the next begins."""

    first_day: date
    last_day: date
    left: int
    right: int

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def start(self, day: date) -> int:
        return self._at((day - self.first_day).days)

    def end(self, day: date) -> int:
        return self._at((day - self.first_day).days + 1)

    def middle(self, day: date) -> int:
        return (self.start(day) + self.end(day)) // 2

    def side_by_side(self, day: date, count: int, room: int) -> list[int]:
        """Where so many things of one day are drawn, none on top of another, even if the day is narrow."""
        if count == 1:
            return [self.middle(day)]
        width = max(self.end(day) - self.start(day), count * room)
        start = max(self.left, min(self.middle(day) - width // 2, self.right - width))
        return [start + width * (2 * number + 1) // (2 * count) for number in range(count)]

    def shows(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def label(self, x: int, y: int, text: str, *, is_bold: bool = False) -> Label:
        """Centred on x, but never past either end."""
        label = Label(x, y, "middle", text, is_bold)
        start, end = label.span
        if start < self.left:
            return replace(label, x=self.left, anchor="start")
        if end > self.right:
            return replace(label, x=self.right, anchor="end")
        return label

    def holds(self, label: Label) -> bool:
        """Whether it is no longer than the axis."""
        start, end = label.span
        return self.left <= start and end <= self.right

    def ticks(self, y: int) -> tuple[Tick, ...]:
        """The first day, and the finest of days, Mondays, months, quarters and years that has room."""
        fits = self._named([self.first_day], y)
        room = (self.right - self.left) // SHORTEST_DATE
        for is_one in _CALENDAR:
            days = list(islice(self._after_first(is_one), room + 1))
            if not days or len(days) > room:
                continue
            ticks = self._named([self.first_day, *days], y)
            while len(ticks) > 1 and not has_room(ticks[1].label, [ticks[0].label]):  # the first day stays
                del days[0]
                ticks = self._named([self.first_day, *days], y)
            fits = apart(ticks, _label)
            if len(fits) == len(ticks) > 1:
                break
        return tuple(fits)

    def _after_first(self, is_one: Callable[[date], bool]) -> Iterator[date]:
        days = (self.first_day + timedelta(days=offset) for offset in range(1, self.days))
        return (day for day in days if is_one(day))

    def _named(self, days: list[date], y: int) -> list[Tick]:
        """With the year where it is a new one: "Nov 2, 2026", "Dec 7", "Jan 4, 2027"."""
        ticks = []
        year = 0
        for day in days:
            _, named, in_year = short(day).split(", ")
            text = named if day.year == year else f"{named}, {in_year}"
            x = self.start(day)
            ticks.append(Tick(x, self.label(x, y, text)))
            year = day.year
        return ticks

    def _at(self, offset: int) -> int:
        return self.left + offset * (self.right - self.left) // self.days


_CALENDAR: Final[tuple[Callable[[date], bool], ...]] = (
    lambda _: True,
    lambda day: day.weekday() == 0,
    lambda day: day.day == 1,
    lambda day: day.day == 1 and day.month in {1, 4, 7, 10},
    lambda day: (day.day, day.month) == (1, 1),
)


@dataclass(frozen=True, slots=True)
class DoseAxis:
    """From zero at the bottom to the highest dose at the top."""

    highest: Dose
    top: int
    bottom: int

    def y(self, dose: Dose) -> int:
        if not self.highest:
            return self.bottom
        return self.bottom - dose.nanograms * (self.bottom - self.top) // self.highest.nanograms

    def ticks(self, doses: Iterable[Dose], x: int) -> tuple[Tick, ...]:
        """Zero, the highest, and of the rest what has room. Names no dose that nobody typed."""
        first = [Dose(0), *([self.highest] if self.highest else [])]
        kept: list[Dose] = []
        for dose in [*first, *sorted(set(doses) - set(first), reverse=True)]:
            if all(abs(self.y(dose) - self.y(other)) >= LINE_HEIGHT for other in kept):
                kept.append(dose)
        return tuple(
            Tick(self.y(dose), Label(x, self.y(dose) + 4, "end", str(dose))) for dose in sorted(kept)
        )


def has_room(label: Label, others: Iterable[Label]) -> bool:
    """At least a letter's width away from each, on the same line."""
    start, end = label.span
    spans = (other.span for other in others)
    return all(end + LETTER_WIDTH <= other[0] or other[1] + LETTER_WIDTH <= start for other in spans)


def apart(items: Iterable[Labelled], label: Callable[[Labelled], Label]) -> list[Labelled]:
    """Those whose labels have room beside the one before them. Shape: from left to right."""
    kept: list[Labelled] = []
    for item in items:
        if has_room(label(item), [label(kept[-1])] if kept else []):
            kept.append(item)
    return kept


def _label(tick: Tick) -> Label:
    return tick.label
