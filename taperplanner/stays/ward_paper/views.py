"""The record for the next clinic or ward on a page, and as a PDF to print or to send."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.monitoring.visit_summary.views import as_pairs
from taperplanner.patients.decorators import with_patient
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.typesetting import CannotTypeset

from . import content
from .from_rows import ward_paper_of


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def ward_paper(request: ClinicRequest, patient: Patient) -> HttpResponse:
    paper = ward_paper_of(patient, today=request.today, by=request.user)
    plans = [(plan, [as_pairs(table) for table in plan.tables]) for plan in paper.plans]
    context = {"paper": paper, "plans": plans, "tables": [as_pairs(table) for table in paper.tables]}
    return patient_page(request, patient, "stays/ward_paper.html", context)


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def ward_paper_pdf(request: ClinicRequest, patient: Patient) -> HttpResponse:
    paper = ward_paper_of(patient, today=request.today, by=request.user)
    try:
        pdf = content.typeset(paper)
    except CannotTypeset as problem:
        messages.error(request, str(problem))
        return redirect("stays:ward_paper", patient.pk)
    headers = {"Content-Disposition": 'inline; filename="record-for-the-ward.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
