"""The patient list, a patient's own record, the safety facts, and what changed."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest, edit_stamp
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import record
from taperplanner.saving import bound_data, press, saved, submit

from . import actions
from .applies import what_applies
from .decorators import unless_archived, with_patient
from .forms import ArchiveForm, DifferentPeopleForm, PatientForm, SafetyFactsForm
from .history import history_page
from .list_page import list_page
from .listing import Search, restricted_one
from .lookalikes import Lookalike, lookalikes_of, new_mrn_twins
from .medications.listing import medication_list
from .models import Patient
from .page import patient_page
from .safety import fact_rows, why_each_matters
from .sections import sections, sections_beside


@require_safe
@requires(Permission.SEE_PATIENTS)
def index(request: ClinicRequest) -> HttpResponse:
    context, shown = list_page(request)
    record_shown(request, [row.id.hex for row in shown])
    return render(request, "patients/index.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
def patient_add(request: ClinicRequest) -> HttpResponse:
    form = PatientForm(bound_data(request), today=request.today)
    alike = lookalikes_of(request.clinic, form.details, user=request.user) if form.is_valid() else []
    different = DifferentPeopleForm(request.POST, people=alike)
    add = partial(actions.add_patient, clinic=request.clinic, **request.stamp)
    sent = submit(request, form, lambda: add(details=form.details), also=different)
    if sent.result:
        message = "The patient was added. The safety facts come next."
        return saved(request, message, "patients:safety_facts", sent.result.pk)
    record_lookalikes(request, alike)
    return render(request, "patients/patient_add.html", {**sent.context, **_beside_form(request, different)})


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def patient(request: ClinicRequest, patient: Patient) -> HttpResponse:
    zone = request.clinic.zone
    facts = fact_rows(patient, zone=zone)
    medications = medication_list(patient, today=request.today, zone=zone)
    context = {
        "applying": what_applies(facts, medications, born=patient.birth, today=request.today),
        "facts": facts,
        "plain_noes": [fact for fact in facts if fact.is_plain_no],
        "medications": medications,
        "sections": sections.of(request, patient),
        "beside": sections_beside.of(request, patient),
    }
    return patient_page(request, patient, "patients/patient.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
def patient_edit(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = PatientForm(bound_data(request), initial=PatientForm.values_of(patient), today=request.today)
    alike = new_mrn_twins(patient, form.details, user=request.user) if form.is_valid() else []
    different = DifferentPeopleForm(request.POST, people=alike)
    edit = partial(actions.edit_patient, patient=patient, **edit_stamp(request))
    sent = submit(request, form, lambda: edit(details=form.details), row=patient, also=different)
    if sent.is_done:
        return saved(request, "The patient’s details were saved.", patient)
    record_lookalikes(request, alike)
    context = {**sent.context, **_beside_form(request, different)}
    return patient_page(request, patient, "patients/patient_edit.html", context, sent.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
def patient_archive(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = ArchiveForm(bound_data(request))
    archive = partial(actions.archive_patient, patient=patient, **edit_stamp(request))
    sent = submit(request, form, lambda: archive(**form.cleaned_data), row=patient)
    if sent.is_done:
        return saved(request, "The patient was archived.", patient)
    return patient_page(request, patient, "patients/patient_archive.html", sent.context, sent.status)


@require_POST
@requires(Permission.EDIT_PATIENTS)
@with_patient
def patient_restore(request: ClinicRequest, patient: Patient) -> HttpResponse:
    restore = partial(actions.restore_patient, patient=patient, **edit_stamp(request))
    return press(request, restore, done="The patient was restored.", to=patient)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
def safety_facts(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = SafetyFactsForm(bound_data(request), initial=SafetyFactsForm.values_of(patient))
    answer = partial(actions.answer_safety_facts, patient=patient, **edit_stamp(request))
    sent = submit(request, form, lambda: answer(answers=form.answers), row=patient)
    if sent.is_done:
        return saved(request, "The safety facts were saved.", patient)
    context = {**sent.context, "reasons": why_each_matters()}
    return patient_page(request, patient, "patients/safety_facts.html", context, sent.status)


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def patient_history(request: ClinicRequest, patient: Patient) -> HttpResponse:
    page = history_page(patient, zone=request.clinic.zone, older_than=request.GET.get("older", ""))
    context = {"page": page, "far_days": patient.far_days.order_by("-said_at", "-pk")}
    return patient_page(request, patient, "patients/patient_history.html", context)


def _beside_form(request: ClinicRequest, different: DifferentPeopleForm) -> dict[str, object]:
    """Who else it might be; of a restricted record with the MRN that was typed, only that there is one."""
    restricted = restricted_one(Search.of(request.POST.get("mrn", "")), request.user)
    return {"different": different, "restricted": restricted}


def record_lookalikes(request: ClinicRequest, alike: list[Lookalike]) -> None:
    if alike:
        record_shown(request, [person.id.hex for person in alike])


def record_shown(request: ClinicRequest, ids: list[str]) -> None:
    """A page that shows several patients leaves one event with all of them."""
    record("patients.list_shown", **request.stamp, details={"patients": ids})
