"""`@with_patient`: the patient of the address, from the asker's clinic, and the showing audited."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest
from taperplanner.audit.log import record

from .details import ARCHIVED
from .models import MedicationRecord, Patient

P = ParamSpec("P")
_SHOWS: Final = frozenset({HTTPStatus.OK, HTTPStatus.CONFLICT})


def with_patient(
    view: Callable[Concatenate[ClinicRequest, Patient, P], HttpResponse],
) -> Addressed:
    """Pass the patient in place of their id; another clinic's is as absent as an invented one.

    A page that shows the patient leaves one audit event before it goes out, also when it shows that
    somebody else saved meanwhile. An action that redirects has left its own.
    """

    @wraps(view)
    def found(request: ClinicRequest, patient_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        patient = get_object_or_404(request.clinic.patients, pk=patient_id)
        patient.clinic = request.clinic
        response = view(request, patient, *args, **kwargs)
        if response.status_code in _SHOWS:
            page = request.resolver_match.view_name if request.resolver_match else ""
            record("patient.page_shown", by=request.user, at=request.now, patient_id=patient.pk, subject=page)
        return response

    return found


def with_medication(
    view: Callable[Concatenate[ClinicRequest, MedicationRecord, P], HttpResponse],
) -> Addressed:
    """Below `@with_patient`: pass one record of that patient's list, which knows its patient."""

    @wraps(view)
    def found(
        request: ClinicRequest, patient: Patient, medication_id: UUID, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        medication = get_object_or_404(patient.medications, pk=medication_id)
        medication.patient = patient
        return view(request, medication, *args, **kwargs)

    return found


def unless_archived(
    view: Callable[Concatenate[ClinicRequest, Patient, P], HttpResponse],
) -> Addressed:
    """Below `@with_patient`: do not open a form that could not be saved.

    What was typed before somebody archived the patient goes on to the action, whose refusal the
    page shows with the text kept.
    """

    @wraps(view)
    def opened(request: ClinicRequest, patient: Patient, *args: Any, **kwargs: Any) -> HttpResponse:
        if patient.archived_at and request.method != "POST":
            messages.error(request, ARCHIVED)
            return redirect(patient)
        return view(request, patient, *args, **kwargs)

    return opened
