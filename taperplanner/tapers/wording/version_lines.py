"""A signed version as the lines of a page: its steps, what they need, and the days on which it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taperplanner.days import in_words

from ..models import Version, VersionCheck
from ..schedule.chain import replaced_by
from ..schedule.course import Course
from ..schedule.schedule import Schedule
from .as_needed import AsNeededLines, as_needed_lines
from .lines import NeededLine, StepLine, ending_line, needed_lines, step_lines


@dataclass(frozen=True, slots=True)
class VersionLines:
    """`in_force_text`: from when to when it is in force, in a sentence. `is_over`: no longer in force, or never will be."""

    version: Version
    in_force_text: str
    steps: Sequence[StepLine]
    ending: str
    as_needed: AsNeededLines | None
    needed: Sequence[NeededLine]
    needed_until: str
    checks: Sequence[VersionCheck]
    is_in_force: bool
    is_over: bool

    @property
    def agrees(self) -> bool:
        """Whether its newest independent check found every dose as it was signed."""
        return bool(self.checks) and self.checks[-1].agrees

    @property
    def differing(self) -> VersionCheck | None:
        return self.checks[-1] if self.checks and not self.checks[-1].agrees else None


def version_lines(
    course: Course[Version],
    version: Version,
    schedule: Schedule,
    checks: Sequence[VersionCheck],
    today: date,
) -> VersionLines:
    """`today` marks the step that is taken today, where this version is in force and the plan is open."""
    span = course.span_of(version)
    is_open = version.plan.is_open
    is_in_force = is_open and span is not None and span.covers(today)
    last_day = span.last_day if span else None
    cut = last_day is not None and last_day < schedule.last_day
    return VersionLines(
        version=version,
        in_force_text=_in_force_text(course, version, today) if is_open else "",
        steps=step_lines(schedule, today if is_in_force else None, last_day),
        ending="" if last_day is not None and last_day <= schedule.last_day else ending_line(schedule),
        as_needed=as_needed_lines(schedule, last_day),
        needed=needed_lines(schedule, last_day),
        needed_until=in_words(last_day) if cut and last_day else "",
        checks=checks,
        is_in_force=is_in_force,
        is_over=is_open and (span is None or (span.last_day is not None and span.last_day < today)),
    )


def _in_force_text(course: Course[Version], version: Version, today: date) -> str:
    replaced = replaced_by(version, course.versions)
    if replaced is None:
        return (
            "In force." if version.first_day <= today else f"In force from {in_words(version.first_day)} on."
        )
    by, day = replaced
    if day <= version.first_day:
        return f"Replaced by version {by.number} before it began."
    if day <= today:
        return f"Replaced by version {by.number} on {in_words(day)}."
    if version.first_day > today:
        return f"In force from {in_words(version.first_day)} on, until version {by.number} takes over on {in_words(day)}."
    return f"In force until version {by.number} takes over on {in_words(day)}."
