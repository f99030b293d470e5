"""Which plans a batch may hold: those whose step changes on a day, or those that were picked.

And which batches wait to be gone on with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from taperplanner.accounts.models import Clinic, User
from taperplanner.patients.restricted.rule import open_to
from taperplanner.tapers.models import Plan, PlanQuerySet, Step, Version
from taperplanner.tapers.schedule.chain import version_in_force

from ..models import ItemState, PrintBatch

MOST: Final = 100
UNFINISHED_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Pick:
    """A plan that could be printed, and why it is offered."""

    plan: Plan
    why: str


def changing_on(user: User, day: date) -> list[Pick]:
    """Open plans of which a step begins on this day, or whose schedule was over the day before."""
    plans = {plan.pk: plan for plan in _offered_to(user)}
    versions: dict[UUID, list[Version]] = {}
    for begun in Version.objects.filter(plan__in=plans, first_day__lte=day):
        versions.setdefault(begun.plan_id, []).append(begun)
    answers = {
        version.pk: version for of_plan in versions.values() if (version := version_in_force(of_plan, on=day))
    }
    lengths: dict[UUID, list[int]] = {pk: [] for pk in answers}
    steps = Step.objects.filter(version__in=answers).order_by("position").values_list("version_id", "days")
    for pk, days in steps:
        lengths[pk].append(days)
    return [
        Pick(plans[version.plan_id], why)
        for pk, version in answers.items()
        if (why := _why(version.first_day, lengths[pk], day))
    ]


def picked(user: User, ids: Iterable[str]) -> list[Pick]:
    """Those of the user's clinic that are open to them; anything else is as absent as an invented id."""
    wanted = set()
    for text in ids:
        try:
            wanted.add(UUID(text))
        except ValueError:
            continue
    return [Pick(plan, "picked") for plan in _offered_to(user) if plan.pk in wanted]


def offered(user: User, day: date | None, ids: Iterable[str]) -> list[Pick]:
    """Those of the day, and the others that were offered before, so that no choice is lost on the way."""
    of_the_day = changing_on(user, day) if day else []
    there = {pick.plan.pk for pick in of_the_day}
    others = [pick for pick in picked(user, ids) if pick.plan.pk not in there]
    return sorted(of_the_day + others, key=lambda pick: (pick.plan.patient.sort_key, pick.plan.pk))


def unfinished(clinic: Clinic, user: User) -> list[PrintBatch]:
    """What this user began and somebody is still left in, the newest ones first, with `total` and `waiting`."""
    waiting = Count("items", filter=Q(items__state=ItemState.WAITING))
    begun = clinic.print_batches.filter(made_by=user).annotate(total=Count("items"), waiting=waiting)
    return list(begun.filter(waiting__gt=0).order_by("-made_at")[:UNFINISHED_SHOWN])


def open_plans(clinic: Clinic) -> PlanQuerySet:
    """Of restricted patients too: whoever shows them asks `open_to` first."""
    plans = Plan.objects.open().filter(patient__clinic=clinic, patient__archived_at=None)
    return plans.select_related("patient__clinic").order_by("patient__sort_key", "patient_id", "number")


def _offered_to(user: User) -> PlanQuerySet:
    return open_to(open_plans(user.clinic), user, patient="patient")


def _why(first: date, lengths: list[int], day: date) -> str:
    for number, days in enumerate(lengths, 1):
        if first == day:
            return f"step {number} starts"
        first += timedelta(days=days)
    return "the last step is over" if first == day else ""
