"""Who looked at a patient: from the patient, or by the MRN for a manager. Each answer is an event too."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import record
from taperplanner.typesetting import CannotTypeset

from ..decorators import with_patient
from ..models import Patient
from ..page import patient_page
from . import paper
from .forms import MrnPeriodForm, PeriodForm
from .report import MOST_LINES, Report, id_with_mrn, report_of

AFTER = "after"


@require_safe
@requires(Permission.SEE_WHO_LOOKED)
@with_patient
def access_report(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = PeriodForm(request.GET, today=request.today)
    file = reverse("patients:access_report_pdf", args=[patient.pk])
    context = _context(request, form, patient.pk, file)
    return patient_page(request, patient, "patients/access_report.html", context)


@require_safe
@requires(Permission.SEE_WHO_LOOKED)
@with_patient
def access_report_pdf(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = PeriodForm(request.GET, today=request.today)
    page = reverse("patients:access_report", args=[patient.pk])
    if not form.is_valid():
        return redirect(f"{page}?{request.GET.urlencode()}")
    report = report_of(request.clinic, patient.pk, form.period, most=MOST_LINES)
    return _file(request, report, paper.whose(patient), page)


@require_safe
@requires(Permission.MANAGE_CLINIC)
def access_report_by_mrn(request: ClinicRequest) -> HttpResponse:
    form = MrnPeriodForm(request.GET, today=request.today)
    found = id_with_mrn(request.clinic, form.mrn_asked)
    context = _context(request, form, found, reverse("patients:access_report_by_mrn_pdf"))
    if form.mrn_asked:
        record("access_report.shown", **request.stamp, patient_id=found)
    return render(request, "patients/access_report_by_mrn.html", context)


@require_safe
@requires(Permission.MANAGE_CLINIC)
def access_report_by_mrn_pdf(request: ClinicRequest) -> HttpResponse:
    form = MrnPeriodForm(request.GET, today=request.today)
    found = id_with_mrn(request.clinic, form.mrn_asked)
    page = f"{reverse('patients:access_report_by_mrn')}?{request.GET.urlencode()}"
    if found is None:
        return redirect(page)
    report = report_of(request.clinic, found, form.period, most=MOST_LINES)
    record("access_report.saved", **request.stamp, patient_id=found)
    return _file(request, report, paper.Whose(form.mrn_asked), page)


def _context(request: ClinicRequest, form: PeriodForm, patient_id: UUID | None, file: str) -> dict[str, Any]:
    """Nothing is shown of days that make no sense, nor of nobody."""
    if patient_id is None or not form.is_valid():
        return {"form": form, "report": None}
    asked = request.GET.copy()
    asked.pop(AFTER, None)
    report = report_of(request.clinic, patient_id, form.period, after=request.GET.get(AFTER, ""))
    shown = {
        "form": form,
        "report": report,
        "says": (paper.WHAT_IT_IS, paper.OF_TYPING, paper.WHY_IT_SAYS),
        "file": f"{file}?{asked.urlencode()}",
    }
    asked[AFTER] = report.older
    return {**shown, "older": f"?{asked.urlencode()}" if report.older else ""}


def _file(request: ClinicRequest, report: Report, whose: paper.Whose, page: str) -> HttpResponse:
    """Or back to the page, which says what could not be set."""
    make = partial(paper.typeset, report, whose, request.clinic, **request.stamp)
    try:
        content = make()
    except CannotTypeset as problem:
        messages.error(request, str(problem))
        return redirect(page)
    headers = {"Content-Disposition": f'inline; filename="{paper.FILE_NAME}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
