"""The pages of the medication list; the list itself stands on the patient's page."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest, edit_stamp
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import bound_data, press, revision_in, saved, submit

from ..decorators import unless_archived, with_medication, with_patient
from ..models import MedicationRecord, Patient
from ..page import patient_page
from . import actions
from .forms import FilingForm, MedicationForm
from .stops import StopForm

CHANGED: Final = "Somebody changed this list after you opened the page. Read it again first."


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
def medication_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = MedicationForm(bound_data(request), today=request.today, born=patient.birth)
    add = partial(actions.add_medication, patient=patient, **request.stamp)
    sent = submit(request, form, lambda: add(details=form.details))
    if sent.is_done:
        another = reverse("patients:medication_add", args=[patient.pk])
        to = another if "another" in request.POST else patient
        return saved(request, "The medication was added to the list.", to)
    return patient_page(request, patient, "patients/medication_add.html", sent.context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
@with_medication
def medication_edit(request: ClinicRequest, medication: MedicationRecord) -> HttpResponse:
    values = MedicationForm.values_of(medication)
    born = medication.patient.birth
    form = MedicationForm(bound_data(request), initial=values, today=request.today, born=born)
    edit = partial(actions.edit_medication, medication=medication, **edit_stamp(request))
    sent = submit(request, form, lambda: edit(details=form.details), row=medication)
    if sent.is_done:
        return saved(request, "The medication record was saved.", medication.patient)
    context = {**sent.context, "medication": medication}
    return patient_page(request, medication.patient, "patients/medication_edit.html", context, sent.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
@with_medication
def medication_stop(request: ClinicRequest, medication: MedicationRecord) -> HttpResponse:
    form = StopForm(bound_data(request), today=request.today, started=medication.started)
    stop = partial(actions.stop_medication, medication=medication, **edit_stamp(request))
    sent = submit(request, form, lambda: stop(**form.answers), row=medication)
    if sent.is_done:
        return saved(request, "The medication was recorded as stopped.", medication.patient)
    context = {**sent.context, "medication": medication}
    return patient_page(request, medication.patient, "patients/medication_stop.html", context, sent.status)


@require_POST
@requires(Permission.EDIT_PATIENTS)
@with_patient
@with_medication
def medication_restart(request: ClinicRequest, medication: MedicationRecord) -> HttpResponse:
    done = "The medication is back among those taken."
    restart = partial(actions.restart_medication, medication=medication, **edit_stamp(request))
    return press(request, restart, done=done, to=medication.patient, changed=CHANGED)


@require_POST
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
def medication_review(request: ClinicRequest, patient: Patient) -> HttpResponse:
    revision, done = revision_in(request), "The list was recorded as reviewed with the patient."
    review = partial(actions.review_medications, patient=patient, list_revision=revision, **request.stamp)
    return press(request, review, done=done, to=patient, changed=CHANGED)


@require_safe
@requires(Permission.EDIT_PATIENTS)
def vocabulary(request: ClinicRequest) -> HttpResponse:
    """What the vocabulary makes of a name, while it is typed. Knows no patient."""
    return render(request, "patients/_vocabulary.html", {"form": FilingForm(request.GET)})
