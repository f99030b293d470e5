"""What one chart of a patient's plans is drawn from: plain facts, each as a person typed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from taperplanner.days import short
from taperplanner.doses import Dose

OPEN_RUN_SHOWS_DAYS: Final = 7


class MilestoneKind(StrEnum):
    HOLD = "hold"
    HOLD_ENDED = "hold_ended"
    DAYS_CHANGED = "days_changed"
    REVISION = "revision"
    EMERGENCY = "emergency"
    MEDICINE = "medicine"
    AS_NEEDED = "as_needed"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {
            MilestoneKind.HOLD: "Hold",
            MilestoneKind.HOLD_ENDED: "Hold ended",
            MilestoneKind.DAYS_CHANGED: "Days changed",
            MilestoneKind.REVISION: "Revised",
            MilestoneKind.EMERGENCY: "Emergency",
            MilestoneKind.MEDICINE: "Medicine",
            MilestoneKind.AS_NEEDED: "As needed",
            MilestoneKind.ENDED: "Ended",
        }[self]


@dataclass(frozen=True, slots=True)
class Planned:
    """A run of days on one signed daily dose. `last_day`: none while the plan stays on it until reviewed.

    `repeats`: the last that is drawn of a pattern which is stayed on, and so goes on.
    """

    first_day: date
    last_day: date | None
    dose: Dose
    plan: int
    version: int
    repeats: bool = False

    @property
    def is_open(self) -> bool:
        return self.last_day is None or self.repeats


@dataclass(frozen=True, slots=True)
class Reported:
    """What the patient said was taken on each of these days."""

    first_day: date
    last_day: date
    dose: Dose


@dataclass(frozen=True, slots=True)
class DrugDoses:
    """What was planned and reported of one drug. Nothing else holds doses, so that those of two drugs never meet.

    Shape: planned runs of one plan do not overlap; nor do reported ones.
    """

    drug: str
    planned: tuple[Planned, ...]
    reported: tuple[Reported, ...]

    @property
    def doses(self) -> tuple[Dose, ...]:
        """Each as it was typed: planned, then reported."""
        return (*(run.dose for run in self.planned), *(run.dose for run in self.reported))

    @property
    def top_dose(self) -> Dose:
        return max(self.doses, default=Dose(0))

    @property
    def plans(self) -> tuple[int, ...]:
        """The numbers of those that have something to draw."""
        return tuple(sorted({run.plan for run in self.planned}))


@dataclass(frozen=True, slots=True)
class Milestone:
    """`name`: what stands at its mark, where that is not its kind's.

    `known`: "March 2026", where no more is known of the day than that: then it lies from `day` to `until`.
    """

    day: date
    kind: MilestoneKind
    words: str
    name: str = ""
    until: date | None = None
    known: str = ""

    @property
    def label(self) -> str:
        return self.name or self.kind.label

    @property
    def days(self) -> str:
        return f"{self.known}, day not known" if self.known else short(self.day)


@dataclass(frozen=True, slots=True)
class Point:
    """`asked`, `listed`: where the value is a sum of answers, how many were asked, and of how many. `added`: how
    many more are asked about by now.

    `note`: tells two contacts of one day apart, and what a total hides.
    """

    day: date
    value: int
    asked: int | None = None
    listed: int | None = None
    note: str = ""
    added: int = 0

    @property
    def is_partial(self) -> bool:
        """Also a sum of a whole list that has grown since: of what was added it says nothing."""
        if self.asked is None or self.listed is None:
            return False
        return self.added > 0 or self.asked < self.listed


@dataclass(frozen=True, slots=True)
class Band:
    """Values of one kind on days. `maximum`: the highest that its scale knows."""

    name: str
    maximum: int
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        return f"{self.name}, 0 to {self.maximum}"


def symptoms_noted(points: tuple[Point, ...], *, maximum: int) -> Band:
    """The clinic's own checklist, added up: named as what it is."""
    return Band("Symptoms, not a validated scale", maximum, points)


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """Shape: each drug once; any part may be empty.

    `left_out`: plans that are not drawn, since what is stored of them is not what was signed.
    `typed_in_later`: which contacts stood on a down-time form first, in a sentence.
    """

    drugs: tuple[DrugDoses, ...]
    milestones: tuple[Milestone, ...]
    bands: tuple[Band, ...]
    today: date
    left_out: tuple[str, ...] = ()
    typed_in_later: tuple[str, ...] = ()

    @property
    def plans(self) -> tuple[tuple[int, str], ...]:
        """The number and the drug of each plan that has something to draw."""
        return tuple(sorted((plan, doses.drug) for doses in self.drugs for plan in doses.plans))

    @property
    def drawn(self) -> tuple[DrugDoses, ...]:
        """The drugs that have doses; where none has, the first."""
        return tuple(doses for doses in self.drugs if doses.doses) or self.drugs[:1]

    @property
    def is_empty(self) -> bool:
        return not (
            any(doses.doses for doses in self.drugs)
            or self.milestones
            or any(band.points for band in self.bands)
        )

    @property
    def has_partial_sum(self) -> bool:
        return any(point.is_partial for band in self.bands for point in band.points)

    @property
    def first_day(self) -> date:
        return min(self._days(), default=self.today)

    @property
    def last_day(self) -> date:
        """Of what is drawn: a run without an end is drawn for a week, and up to today."""
        return max(self._days(), default=self.today)

    def _days(self) -> Iterator[date]:
        for doses in self.drugs:
            for run in doses.planned:
                yield run.first_day
                shown = run.first_day + timedelta(days=OPEN_RUN_SHOWS_DAYS - 1)
                yield run.last_day or max(self.today, shown)
            for reported in doses.reported:
                yield from (reported.first_day, reported.last_day)
        for milestone in self.milestones:
            yield from (milestone.day, milestone.until or milestone.day)
        yield from (point.day for band in self.bands for point in band.points)
