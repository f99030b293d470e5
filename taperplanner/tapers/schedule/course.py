"""All signed versions of a plan in one sequence: which is in force on a day, which step is taken, what follows.

A signed version may begin on a later day, so the newest version need not be the one in force. Code that needs
to know what is taken, held, revised, printed or counted on a day asks here, or `chain` where dates are enough.

    version 1  |step 1|step 2|step 3|
    version 2             |step 1|step 2|…
    the course |step 1|st.|step 1|step 2|…   step 2 of version 1 is cut short, its step 3 never comes
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from .chain import V, spans
from .reasons import Reason
from .schedule import Ending, Phase, Schedule, ScheduleProduct
from .steps import DatedStep, Regimen

# A version. Not bound as `chain.V` is: mypy cannot check a model against that bound where the model is imported.
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """A version with the days on which it is in force. A last day of None: until another one replaces it."""

    version: T
    schedule: Schedule
    first_day: date
    last_day: date | None

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class CourseStep(Generic[T]):
    """A step with the days on which it is taken: cut short where a newer version takes over, or stayed on.

    `dated`: as it was signed. A last day of None: stayed on until reviewed.
    """

    version: T
    products: dict[int, ScheduleProduct]
    dated: DatedStep
    first_day: date
    last_day: date | None

    @property
    def is_as_signed(self) -> bool:
        """All its signed days are taken, and no more than those before somebody reviews it."""
        return self.last_day in {None, self.dated.last_day}


@dataclass(frozen=True, slots=True)
class CourseDay(Generic[T]):
    """One day of the course. `span`: None before any version has begun. `dated`: None where nothing is taken."""

    day: date
    span: Span[T] | None
    phase: Phase
    dated: DatedStep | None

    @property
    def taken(self) -> Regimen | None:
        """None: nothing is taken."""
        return self.dated.on(self.day) if self.dated else None


@dataclass(frozen=True, slots=True)
class Course(Generic[T]):
    """Shape: one span or more, oldest first, without gaps. `overtaken`: versions that are never in force."""

    spans: tuple[Span[T], ...]
    overtaken: tuple[T, ...] = ()

    @property
    def newest(self) -> T:
        """The head of the chain, which the next signature replaces. It may not be in force yet."""
        return self.spans[-1].version

    @property
    def versions(self) -> list[T]:
        """All of them, those too that are never in force; in no order."""
        return [*(span.version for span in self.spans), *self.overtaken]

    @property
    def first_day(self) -> date:
        return self.spans[0].first_day

    def in_force(self, day: date) -> Span[T] | None:
        return next((span for span in self.spans if span.covers(day)), None)

    def in_force_or_first(self, day: date) -> Span[T]:
        """The one in force on this day; before any has begun, the first that will be."""
        return self.in_force(day) or self.spans[0]

    def waiting(self, day: date) -> tuple[Span[T], ...]:
        """What takes over after this day, in that order."""
        return tuple(span for span in self.spans if span.first_day > day)

    def ahead(self, day: date) -> tuple[Span[T], ...]:
        """What is in force on this day, or will be first, and what takes over after it, in that order."""
        return tuple(span for span in self.spans if span.last_day is None or span.last_day >= day)

    def on(self, day: date) -> CourseDay[T]:
        span = self.in_force(day)
        if span is None:
            return CourseDay(day, None, Phase.BEFORE, None)
        return CourseDay(day, span, *span.schedule.on(day))

    def steps(self) -> Iterator[CourseStep[T]]:
        """Every step that is ever taken, in the order in which they are."""
        for span in self.spans:
            for dated in span.schedule.dated_steps():
                if span.last_day is not None and dated.first_day > span.last_day:
                    break
                is_stayed_on = (
                    span.schedule.ending is Ending.STAY and dated.last_day == span.schedule.last_day
                )
                ends = None if is_stayed_on else dated.last_day
                last = min((day for day in (ends, span.last_day) if day is not None), default=None)
                yield CourseStep(span.version, span.schedule.products, dated, dated.first_day, last)

    def changes_after(self, day: date) -> date | None:
        """The first later day on which another step is begun, or the last one has ended. None: there is none."""
        stops = (
            span.schedule.day_after
            for span in self.spans
            if span.schedule.ending is Ending.STOP and span.covers(span.schedule.day_after)
        )
        begins = (step.first_day for step in self.steps())
        return min((one for one in (*begins, *stops) if one > day), default=None)

    def span_of(self, version: T) -> Span[T] | None:
        """The days on which this version is in force; None if there are none."""
        return next((span for span in self.spans if span.version == version), None)


def make_course(versions: Sequence[V], schedules: Mapping[Any, Schedule]) -> Course[V]:
    """Shape: one version or more; the schedule of each by its number."""
    in_force = spans(versions)
    numbers = {version.number for version, _, _ in in_force}
    return Course(
        tuple(Span(version, schedules[version.number], first, last) for version, first, last in in_force),
        tuple(version for version in versions if version.number not in numbers),
    )


def is_held(taken: CourseDay[Any]) -> bool:
    """Whether the step of this day is on hold. Reasons signed long ago do not say whether it was a hold or its end."""
    if taken.span is None or taken.dated is None or taken.dated.step.position != 1:
        return False
    return taken.span.version.reason in {Reason.HOLD, Reason.DAYS_CHANGED}


def default_comparison(course: Course[T], day: date) -> tuple[T, T]:
    """The version in force and the one that takes over next; where none does, the one before and the one in force."""
    at = course.spans.index(course.in_force_or_first(day))
    left = at if at + 1 < len(course.spans) else max(at - 1, 0)
    return course.spans[left].version, course.spans[min(left + 1, len(course.spans) - 1)].version
