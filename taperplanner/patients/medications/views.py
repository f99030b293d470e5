"""The pages of the medication list; the list itself stands on the patient's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import Attempt, Conflict, Refused, bound_data, revision_in

from ..decorators import unless_archived, with_medication, with_patient
from ..models import MedicationRecord, Patient
from ..page import patient_page
from . import actions
from .forms import FilingForm, MedicationForm, StopForm

CHANGED_MEANWHILE = "Somebody changed this list after you opened the page. Read it again first."


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
def medication_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = MedicationForm(bound_data(request), today=request.today, born_on=patient.date_of_birth)
    if form.is_valid():
        try:
            actions.add_medication(patient=patient, details=form.details, by=request.user, at=request.now)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The medication was added to the list.")
            return (
                redirect("patients:medication_add", patient.pk)
                if "another" in request.POST
                else redirect(patient)
            )
    return patient_page(request, patient, "patients/medication_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
@with_medication
def medication_edit(request: ClinicRequest, medication: MedicationRecord) -> HttpResponse:
    form = MedicationForm(
        bound_data(request),
        initial=MedicationForm.values_of(medication),
        today=request.today,
        born_on=medication.patient.date_of_birth,
    )
    attempt = Attempt(request, form, medication, MedicationForm.values_of)
    if form.is_valid():
        with attempt:
            actions.edit_medication(
                medication=medication,
                details=form.details,
                revision=attempt.revision,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The medication record was saved.")
            return redirect(medication.patient)
    context = {"medication": medication, **attempt.context}
    return patient_page(request, medication.patient, "patients/medication_edit.html", context, attempt.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
@with_medication
def medication_stop(request: ClinicRequest, medication: MedicationRecord) -> HttpResponse:
    form = StopForm(bound_data(request), today=request.today, started=medication.started)
    attempt = Attempt(request, form, medication, StopForm.values_of)
    if form.is_valid():
        with attempt:
            actions.stop_medication(
                medication=medication,
                stopped_on=form.cleaned_data["stopped_on"],
                reason=form.cleaned_data["reason"],
                far_reason=form.far_reasons.get("stopped_on", ""),
                revision=attempt.revision,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The medication is written down as stopped.")
            return redirect(medication.patient)
    context = {"medication": medication, **attempt.context}
    return patient_page(request, medication.patient, "patients/medication_stop.html", context, attempt.status)


@require_POST
@requires(Permission.EDIT_PATIENTS)
@with_patient
@with_medication
def medication_restart(request: ClinicRequest, medication: MedicationRecord) -> HttpResponse:
    try:
        actions.restart_medication(
            medication=medication, revision=revision_in(request), by=request.user, at=request.now
        )
    except Refused as refused:
        messages.error(request, str(refused))
    except Conflict:
        messages.error(request, CHANGED_MEANWHILE)
    else:
        messages.success(request, "The medication is back among those taken.")
    return redirect(medication.patient)


@require_POST
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
def medication_review(request: ClinicRequest, patient: Patient) -> HttpResponse:
    try:
        actions.review_medications(
            patient=patient, list_revision=revision_in(request), by=request.user, at=request.now
        )
    except Refused as refused:
        messages.error(request, str(refused))
    except Conflict:
        messages.error(request, CHANGED_MEANWHILE)
    else:
        messages.success(request, "The list is written down as reviewed with the patient.")
    return redirect(patient)


@require_safe
@requires(Permission.EDIT_PATIENTS)
def vocabulary(request: ClinicRequest) -> HttpResponse:
    """What the vocabulary makes of a name, while it is typed. Knows no patient."""
    return render(request, "patients/_vocabulary.html", {"form": FilingForm(request.GET)})
