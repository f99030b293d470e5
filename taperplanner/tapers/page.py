"""Renders every page that shows a schedule: over it the band, beside it what the sources say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

from taperplanner.accounts.http import ClinicRequest
from taperplanner.guidance.library import library
from taperplanner.patients.applies import Applying, what_applies
from taperplanner.patients.medications.listing import medication_list
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.patients.safety import fact_rows
from taperplanner.protocols.beside import beside_schedule

from .beside import Beside, Topic, beside
from .models import Plan
from .packages import packages_of

# Slug and title. What a patient who stops too fast has, and what to look for.
TOPICS: Final = (("withdrawal", "Withdrawal"), ("monitoring", "Monitoring"))


def schedule_page(
    request: ClinicRequest,
    plan: Plan,
    template: str,
    context: Mapping[str, Any],
    *,
    is_folded: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Render a template that extends `tapers/base_schedule.html`. `is_folded`: somebody types or signs there.

    `packages` of the context: where the page is about more than the products of this plan.
    """
    stands = {"plan": plan, "beside": beside_plan(request, plan, is_folded=is_folded)}
    shown = {"packages": packages_of([plan]), **context, **stands}
    return patient_page(request, plan.patient, template, shown, status=status)


def beside_plan(
    request: ClinicRequest,
    plan: Plan,
    topics: Sequence[tuple[str, str]] = TOPICS,
    *,
    is_folded: bool = False,
    urgent: Topic | None = None,
) -> Beside:
    """Four queries, however much the patient takes; one, if there is no reference document."""
    sources, drug = library(), plan.drug
    has_document = sources.has_drug(drug)
    kept = topics if has_document else ()
    return beside(
        sources.over_schedules(drug),
        _applying(request, plan.patient) if has_document else None,
        [Topic(slug, title, sources.topic(slug, drug=drug, beside=True)) for slug, title in kept],
        beside_schedule(request.clinic, [slug for slug, _ in topics]),
        dangerous=sources.document(drug).dangerous if has_document else (),
        today=request.today,
        is_folded=is_folded,
        urgent=urgent,
    )


def _applying(request: ClinicRequest, patient: Patient) -> Applying:
    zone = request.clinic.zone
    medications = medication_list(patient, today=request.today, zone=zone)
    facts = fact_rows(patient, zone=zone)
    return what_applies(facts, medications, born=patient.birth, today=request.today)
