"""The other open plans of a patient, beside each plan: two papers that do not know each other are a known danger.

Source: ISMP Canada on tapers of two medicines at once. Nothing is converted from one medicine to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from taperplanner.days import in_words

from .models import Plan, Version
from .schedule.course import Course
from .signed.content import Tampered, verified_course_of
from .signed.rows import read_versions
from .wording.day_sentences import DaySentences, day_sentences
from .wording.today import TAMPERED, day_line

UNSIGNED: Final = "Nothing of it is signed yet."


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """`today`: what it says of today, in one sentence. `course`: None where `why_unread` says why it cannot be read."""

    plan: Plan
    today: str
    course: Course[Version] | None = None
    why_unread: str = ""

    def on(self, days: Iterable[tuple[date, str]]) -> tuple[DaySentences, ...]:
        """Each day, named so, by the version that is in force on it, which need not be the newest."""
        if self.course is None:
            return (DaySentences("Now", self.why_unread),)
        return tuple(day_sentences(self.course, day, self.plan.drug, said=said) for day, said in days)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What another plan says of today, and of the first day of what is being signed, where that is another day."""

    other: OtherPlan
    days: tuple[DaySentences, ...]

    def __str__(self) -> str:
        return f"Plan {self.other.plan.number}, {self.other.plan.drug}. {' '.join(map(str, self.days))}"


def other_open_plans(plan: Plan, today: date) -> list[OtherPlan]:
    """One query where there is none; two where there is. `plan.patient.clinic` must be at hand."""
    others = list(plan.patient.plans.open().exclude(pk=plan.pk).order_by("number"))
    if not others:
        return []
    read_versions(others)
    return [_other(other, today) for other in others]


def other_plans_shown(plan: Plan, today: date) -> list[OtherPlan]:
    """For a page of the plan: not asked for, where the query that found it `with_others` says that there is none."""
    return other_open_plans(plan, today) if getattr(plan, "has_other_plan", True) else []


def read_back(others: Sequence[OtherPlan], *, today: date, first_day: date | None) -> list[ReadBack]:
    """For the signer of a schedule that begins on `first_day`."""
    days = [(today, f"Today, {in_words(today)}")]
    if first_day is not None and first_day != today:
        days.append((first_day, f"On the first day of this schedule, {in_words(first_day)}"))
    return [ReadBack(other, other.on(days)) for other in others]


def _other(plan: Plan, today: date) -> OtherPlan:
    try:
        course = verified_course_of(plan, plan.versions.all())
    except Tampered:
        return OtherPlan(plan, TAMPERED, why_unread=TAMPERED)
    if course is None:
        return OtherPlan(plan, UNSIGNED, why_unread=UNSIGNED)
    return OtherPlan(plan, day_line(course, today, plan.drug), course)
