"""The patient list, a patient's own record, the safety facts, and what changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import record
from taperplanner.saving import Attempt, Conflict, Refused, bound_data, revision_in

from . import actions
from .applies import what_applies
from .decorators import unless_archived, with_patient
from .forms import ArchiveForm, DifferentPeopleForm, PatientForm, SafetyFactsForm
from .history import history_page
from .listing import Search, page_of
from .lookalikes import as_lookalikes, lookalikes_of, mrn_twins
from .medications.listing import medication_list
from .models import Patient
from .page import patient_page
from .safety import fact_rows, why_each_matters
from .sections import sections_of


@require_safe
@requires(Permission.SEE_PATIENTS)
def index(request: ClinicRequest) -> HttpResponse:
    search = Search.of(request.GET.get("q", ""))
    archived = request.GET.get("show") == "archived"
    page = page_of(
        request.clinic,
        search,
        archived=archived,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        today=request.today,
    )
    record_shown(request, [row.id.hex for row in page.rows])
    return render(request, "patients/index.html", {"search": search, "archived": archived, "page": page})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
def patient_add(request: ClinicRequest) -> HttpResponse:
    form = PatientForm(bound_data(request), today=request.today)
    different = None
    if form.is_valid():
        lookalikes = lookalikes_of(request.clinic, form.details)
        different = DifferentPeopleForm(request.POST, people=lookalikes)
        if different.is_valid():
            try:
                added = actions.add_patient(
                    clinic=request.clinic, details=form.details, by=request.user, at=request.now
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "The patient was added. The safety facts come next.")
                return redirect("patients:safety_facts", added.pk)
        record_shown(request, [person.id.hex for person in lookalikes])
    return render(request, "patients/patient_add.html", {"form": form, "different": different})


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def patient(request: ClinicRequest, patient: Patient) -> HttpResponse:
    zone = request.clinic.zone
    facts = fact_rows(patient, zone=zone)
    medications = medication_list(patient, today=request.today, zone=zone)
    context = {
        "applying": what_applies(facts, medications),
        "facts": facts,
        "medications": medications,
        "sections": sections_of(request, patient),
    }
    return patient_page(request, patient, "patients/patient.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
def patient_edit(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = PatientForm(bound_data(request), initial=PatientForm.values_of(patient), today=request.today)
    attempt = Attempt(request, form, patient, PatientForm.values_of)
    different = _same_number(request, form, patient)
    if form.is_valid() and (different is None or different.is_valid()):
        with attempt:
            edited = actions.edit_patient(
                patient=patient,
                details=form.details,
                revision=attempt.revision,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The patient’s details were saved.")
            return redirect(edited)
    context = {"different": different, **attempt.context}
    return patient_page(request, patient, "patients/patient_edit.html", context, attempt.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
def patient_archive(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = ArchiveForm(bound_data(request))
    attempt = Attempt(request, form, patient, ArchiveForm.values_of)
    if form.is_valid():
        with attempt:
            archived = actions.archive_patient(
                patient=patient,
                reason=form.cleaned_data["reason"],
                revision=attempt.revision,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The patient was archived.")
            return redirect(archived)
    return patient_page(request, patient, "patients/patient_archive.html", attempt.context, attempt.status)


@require_POST
@requires(Permission.EDIT_PATIENTS)
@with_patient
def patient_restore(request: ClinicRequest, patient: Patient) -> HttpResponse:
    try:
        actions.restore_patient(
            patient=patient, revision=revision_in(request), by=request.user, at=request.now
        )
    except Refused as refused:
        messages.error(request, str(refused))
    except Conflict:
        messages.error(request, "Somebody changed this patient meanwhile. Read the page again, then restore.")
    else:
        messages.success(request, "The patient was restored.")
    return redirect(patient)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_patient
@unless_archived
def safety_facts(request: ClinicRequest, patient: Patient) -> HttpResponse:
    initial = SafetyFactsForm.values_of(patient)
    form = SafetyFactsForm(bound_data(request), initial=initial)
    attempt = Attempt(
        request, form, patient, SafetyFactsForm.values_of, lambda current: current.safety_facts_revision
    )
    if form.is_valid():
        with attempt:
            actions.answer_safety_facts(
                patient=patient,
                answers=form.answers,
                revision=attempt.revision,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The safety facts were saved.")
            return redirect(patient)
    context = {**attempt.context, "reasons": why_each_matters()}
    return patient_page(request, patient, "patients/safety_facts.html", context, attempt.status)


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def patient_history(request: ClinicRequest, patient: Patient) -> HttpResponse:
    page = history_page(patient, zone=request.clinic.zone, older_than=request.GET.get("older", ""))
    context = {"page": page, "far_days": patient.far_days.order_by("-said_at", "-pk")}
    return patient_page(request, patient, "patients/patient_history.html", context)


def _same_number(request: ClinicRequest, form: PatientForm, patient: Patient) -> DifferentPeopleForm | None:
    """Asked where the MRN is changed into one that somebody else has, written in another way."""
    if not form.is_valid() or form.details.mrn == patient.mrn:
        return None
    twins = [twin for twin in mrn_twins(request.clinic, form.details.mrn) if twin.pk != patient.pk]
    if not twins:
        return None
    record_shown(request, [twin.pk.hex for twin in twins])
    return DifferentPeopleForm(request.POST, people=as_lookalikes(twins, form.details))


def record_shown(request: ClinicRequest, ids: list[str]) -> None:
    """A page that shows several patients leaves one event with all of them."""
    record("patients.list_shown", by=request.user, at=request.now, details={"patients": ids})
