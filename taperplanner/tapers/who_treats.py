"""Who treats a patient, by their open plans: whoever answers for each."""

from __future__ import annotations

from uuid import UUID

from taperplanner.patients.models import Patient

from .on_patient_list import provider_of


def who_treats(patient: Patient) -> set[UUID]:
    plans = patient.plans.open().annotate(provider=provider_of())
    return set(plans.values_list("provider", flat=True))
