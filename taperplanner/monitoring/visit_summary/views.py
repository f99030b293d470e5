"""The visit summary on a page, and as a PDF to print."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan
from taperplanner.tapers.page import schedule_page
from taperplanner.typesetting import CannotTypeset

from ..chart.of_patient import chart_of_plan
from . import content
from .from_rows import visit_summary_of


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def visit_summary(request: ClinicRequest, plan: Plan) -> HttpResponse:
    summary = visit_summary_of(plan, today=request.today, by=request.user)
    tables = [as_pairs(table) for table in summary.tables]
    context = {"summary": summary, "tables": tables, "chart": chart_of_plan(plan, today=request.today)}
    return schedule_page(request, plan, "monitoring/visit_summary.html", context)


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def visit_summary_pdf(request: ClinicRequest, plan: Plan) -> HttpResponse:
    summary = visit_summary_of(plan, today=request.today, by=request.user)
    try:
        pdf = content.typeset(summary, chart_of_plan(plan, today=request.today))
    except CannotTypeset as problem:
        messages.error(request, str(problem))
        return redirect("monitoring:visit_summary", plan.patient_id, plan.number)
    headers = {"Content-Disposition": f'inline; filename="visit-summary-plan-{plan.number}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def as_pairs(table: content.Table) -> dict[str, object]:
    """On a phone each cell is shown under its column's name."""
    rows = [list(zip(table.columns, row, strict=True)) for row in table.rows]
    return {
        "title": table.title,
        "empty": table.empty,
        "caveat": table.caveat,
        "head": table.columns,
        "rows": rows,
    }
