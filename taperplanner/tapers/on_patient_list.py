"""The patient list, narrowed by plans: whether one is open, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery, UUIDField
from django.db.models.functions import Coalesce

from taperplanner.accounts.models import Clinic
from taperplanner.patients.models import PatientQuerySet
from taperplanner.patients.narrowing import Filter

from .models import Plan, PlanAssignment, Version

OPEN, NONE = "open", "none"


def provider_of(plan: str = "") -> Coalesce:
    """To whom the plan was given since its newest version; else who signed that, or opened the plan. `plan`: how the query
    reaches it, as "plan__"."""
    of_plan = OuterRef(f"{plan}pk")
    given = PlanAssignment.objects.filter(plan=of_plan).counting().newest_first()
    newest = Version.objects.filter(plan=of_plan).order_by("-number")
    return Coalesce(
        Subquery(given.values("to")[:1]),
        Subquery(newest.values("signed_by")[:1]),
        F(f"{plan}opened_by"),
        output_field=UUIDField(),
    )


def _plan_choices(clinic: Clinic) -> Sequence[tuple[str, str]]:
    return [(OPEN, "Has an open plan"), (NONE, "Has no open plan")]


def _by_plan(patients: PatientQuerySet, value: str, today: date) -> PatientQuerySet:
    is_open = Exists(Plan.objects.filter(patient=OuterRef("pk")).open())
    return patients.filter(is_open if value == OPEN else ~is_open)


def _providers(clinic: Clinic) -> Sequence[tuple[str, str]]:
    people = clinic.users.active().by_name().filter(is_provider=True)
    return [(str(one.pk), one.full_title) for one in people]


def _by_provider(patients: PatientQuerySet, value: str, today: date) -> PatientQuerySet:
    theirs = Plan.objects.filter(patient=OuterRef("pk")).open().annotate(provider=provider_of())
    return patients.filter(Exists(theirs.filter(provider=UUID(value))))


has_plan = Filter("plan", "Plans", _plan_choices, _by_plan)
plan_of = Filter("provider", "Provider of the open plan", _providers, _by_provider)
