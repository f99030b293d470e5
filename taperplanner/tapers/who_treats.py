"""Who treats a patient, by their open plans: whoever signed last, or opened one of which nothing is signed."""

from __future__ import annotations

from uuid import UUID

from taperplanner.patients.models import Patient

from .models import Plan, Version, versions_by_plan
from .schedule.chain import newest


def who_treats(patient: Patient) -> set[UUID]:
    plans = list(patient.plans.open())
    versions = versions_by_plan(plans)
    return {_who_answers(plan, newest(versions[plan.pk])) for plan in plans}


def _who_answers(plan: Plan, version: Version | None) -> UUID:
    return version.signed_by_id if version else plan.opened_by_id
