"""Renders every page about a patient, of this room or of a room above."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from taperplanner.accounts.http import ClinicRequest

from .models import Patient
from .restricted.rule import open_to
from .sections import marks


def patient_page(
    request: ClinicRequest,
    patient: Patient,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Render a template that extends `patients/base_patient.html`, with what its banner needs."""
    today = request.today
    namesakes = request.clinic.patients.active().named_like(bytes(patient.sort_key)).exclude(pk=patient.pk)
    namesakes = open_to(namesakes, request.user)
    banner = {
        "patient": patient,
        "age": patient.age_on(today),
        "today": today,
        "has_namesake": namesakes.exists(),
        "marks": marks.of(patient),
    }
    return render(request, template, {**(context or {}), **banner}, status=status)
