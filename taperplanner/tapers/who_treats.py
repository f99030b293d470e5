"""Who treats a patient, by their open plans: whoever answers for each."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from taperplanner.patients.models import Patient

from .models import Plan, counting_assignment
from .on_patient_list import provider_of
from .schedule.chain import version_in_force


def who_treats(patient: Patient) -> set[UUID]:
    plans = patient.plans.open().annotate(provider=provider_of())
    return set(plans.values_list("provider", flat=True))


def provider_named(plan: Plan, today: date) -> str:
    """Whom to call about a plan: to whom it was given since its newest version; else who signed what is in force, or opened
    it."""
    versions = plan.versions.all()
    if given := counting_assignment(plan, versions):
        return given.to_name
    version = version_in_force(versions, on=today)
    return version.signed_by_name if version else plan.opened_by.full_title
