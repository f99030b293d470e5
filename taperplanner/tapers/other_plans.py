"""The other open plans of a patient, beside each plan: two papers that do not know each other are a known danger.

Source: ISMP Canada on tapers of two medicines at once. Nothing is converted from one medicine to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from .models import Plan, Version, versions_by_plan
from .signed.content import Tampered, verified_course_of
from .wording.today import TAMPERED, day_line

UNSIGNED: Final = "Nothing of it is signed yet."


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """`today`: what it says of today, in one sentence."""

    plan: Plan
    today: str


def other_open_plans(plan: Plan, today: date) -> list[OtherPlan]:
    """One query where there is none; five where there is. `plan.patient.clinic` must be at hand."""
    others = list(plan.patient.plans.open().exclude(pk=plan.pk).order_by("number"))
    if not others:
        return []
    versions = versions_by_plan(others)
    return [OtherPlan(other, _line(other, versions[other.pk], today)) for other in others]


def _line(plan: Plan, versions: list[Version], today: date) -> str:
    try:
        course = verified_course_of(plan, versions)
    except Tampered:
        return TAMPERED
    return day_line(course, today, plan.drug) if course else UNSIGNED
