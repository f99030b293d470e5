"""Which plans a batch may hold: those whose step changes on a day, or those that were picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import Clinic
from taperplanner.tapers.chain import answering
from taperplanner.tapers.models import Plan, Step, Version

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Pick:
    """A plan that could be printed, and why it is offered."""

    plan: Plan
    why: str


def changing_on(clinic: Clinic, day: date) -> list[Pick]:
    """Open plans of which a step begins on this day, or whose schedule was over the day before."""
    plans = {plan.pk: plan for plan in open_plans(clinic)}
    versions: dict[UUID, list[Version]] = {}
    for begun in Version.objects.filter(plan__in=plans, first_day__lte=day):
        versions.setdefault(begun.plan_id, []).append(begun)
    answers = {version.pk: version for of_plan in versions.values() if (version := answering(of_plan, day))}
    lengths: dict[UUID, list[int]] = {pk: [] for pk in answers}
    steps = Step.objects.filter(version__in=answers).order_by("position").values_list("version_id", "days")
    for pk, days in steps:
        lengths[pk].append(days)
    return [
        Pick(plans[version.plan_id], why)
        for pk, version in answers.items()
        if (why := _why(version.first_day, lengths[pk], day))
    ]


def picked(clinic: Clinic, ids: Iterable[str]) -> list[Pick]:
    """The clinic's own among these, whoever sent them; anything else is as absent as an invented id."""
    wanted = set()
    for text in ids:
        try:
            wanted.add(UUID(text))
        except ValueError:
            continue
    return [Pick(plan, "picked") for plan in open_plans(clinic) if plan.pk in wanted]


def open_plans(clinic: Clinic) -> list[Plan]:
    plans = Plan.objects.open().filter(patient__clinic=clinic, patient__archived_at=None)
    return list(plans.select_related("patient__clinic").order_by("patient__sort_key", "patient_id", "number"))


def _why(first: date, lengths: list[int], day: date) -> str:
    for number, days in enumerate(lengths, 1):
        if first == day:
            return f"step {number} starts"
        first += timedelta(days=days)
    return "the last step is over" if first == day else ""
