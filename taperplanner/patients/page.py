"""Renders every page about a patient, of this room or of a room above."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.db.models import Exists, Model
from django.http import HttpResponse
from django.shortcuts import render

from taperplanner.accounts.http import ClinicRequest
from taperplanner.rows_within import knowing_of

from .allergies.listing import allergies_of
from .models import Allergy, AllergyReview, Patient
from .restricted.rule import open_to
from .sections import marks, rows_of_marks

IN_BANNER: Final[tuple[type[Model], ...]] = (Allergy, AllergyReview)


def patient_page(
    request: ClinicRequest,
    patient: Patient,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Render a template that extends `patients/base_patient.html`, with what its banner needs."""
    today, patients = request.today, request.clinic.patients
    namesakes = patients.active().named_like(bytes(patient.sort_key)).exclude(pk=patient.pk)
    namesakes = open_to(namesakes, request.user)
    # Asked now, at the end: what the page was sent may have raised what is marked.
    asked = knowing_of(patients.filter(pk=patient.pk), IN_BANNER + tuple(rows_of_marks), by="patient")
    now: Any = asked.annotate(has_namesake=Exists(namesakes)).only("clinic", "allergies").get()
    banner = {
        "patient": patient,
        "age": patient.age_on(today),
        "today": today,
        "has_namesake": now.has_namesake,
        "allergies": allergies_of(now, zone=request.clinic.zone),
        "marks": marks.of(now),
    }
    return render(request, template, {**(context or {}), **banner}, status=status)
