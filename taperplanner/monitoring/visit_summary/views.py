"""The visit summary: the picture on a page, and all of it as a PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan
from taperplanner.typesetting import CannotTypeset

from ..chart.from_rows import chart_facts
from ..chart.picture import picture
from . import content as paper
from .from_rows import summary_of


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def summary(request: ClinicRequest, plan: Plan) -> HttpResponse:
    today = request.today
    told = summary_of(plan, today=today, by=request.user)
    context = {
        "plan": plan,
        "summary": told,
        "tables": [_as_pairs(table) for table in told.tables],
        "picture": picture(chart_facts(request.clinic, [plan], today=today)),
    }
    return patient_page(request, plan.patient, "monitoring/summary.html", context)


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def summary_pdf(request: ClinicRequest, plan: Plan) -> HttpResponse:
    today = request.today
    shown = picture(chart_facts(request.clinic, [plan], today=today))
    try:
        pdf = paper.summary_pdf(summary_of(plan, today=today, by=request.user), shown)
    except CannotTypeset as problem:
        messages.error(request, str(problem))
        return redirect("monitoring:summary", plan.patient_id, plan.number)
    headers = {"Content-Disposition": f'inline; filename="visit-summary-plan-{plan.number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _as_pairs(table: paper.Table) -> dict[str, object]:
    """On a phone each cell stands under its column's name."""
    rows = [list(zip(table.columns, row, strict=True)) for row in table.rows]
    return {
        "title": table.title,
        "empty": table.empty,
        "caveat": table.caveat,
        "head": table.columns,
        "rows": rows,
    }
