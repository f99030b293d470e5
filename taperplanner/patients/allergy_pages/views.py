"""The pages of the list of allergies; the list itself stands in the banner of every page, and on the patient's page."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import bound_data, press, revision_in, saved, submit

from ..allergies import actions
from ..allergies.listing import asked_of
from ..decorators import unless_archived, with_allergy, with_patient
from ..models import Allergy, Patient
from ..page import patient_page
from .forms import AllergyForm, AllergyInErrorForm

CHANGED: Final = "Somebody changed this list after you opened the page. Read it again first."
NOTED: Final = "{} is on the list of allergies and intolerances."
ASKED: Final = "It is written down that the patient was asked."
MARKED: Final = "It was marked as entered in error, and stays readable."


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def allergies(request: ClinicRequest, patient: Patient) -> HttpResponse:
    context = {"every_time": asked_of(patient, zone=request.clinic.zone)}
    return patient_page(request, patient, "patients/allergies.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
def allergy_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = AllergyForm(bound_data(request), today=request.today, born=patient.birth)
    note = partial(actions.note_allergy, patient=patient, **request.stamp)
    sent = submit(request, form, lambda: note(details=form.details), refused_at="substance")
    if sent.result:
        another = reverse("patients:allergy_add", args=[patient.pk])
        to = another if "another" in request.POST else patient
        return saved(request, NOTED.format(sent.result.substance), to)
    return patient_page(request, patient, "patients/allergy_add.html", sent.context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
@with_allergy
def allergy_in_error(request: ClinicRequest, allergy: Allergy) -> HttpResponse:
    form = AllergyInErrorForm(bound_data(request))
    mark = partial(actions.mark_allergy_in_error, allergy=allergy, **request.stamp)
    if submit(request, form, lambda: mark(**form.cleaned_data)).is_done:
        return saved(request, MARKED, "patients:allergies", allergy.patient_id)
    context = {"form": form, "allergy": allergy, "error": getattr(allergy, "error", None)}
    return patient_page(request, allergy.patient, "patients/allergy_in_error.html", context)


@require_POST
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
def allergies_review(request: ClinicRequest, patient: Patient) -> HttpResponse:
    review = partial(
        actions.review_allergies, patient=patient, list_revision=revision_in(request), **request.stamp
    )
    return press(request, review, done=ASKED, to=patient, changed=CHANGED)
