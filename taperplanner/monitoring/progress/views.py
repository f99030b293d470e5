"""The progress of one plan on one page: chart, follow-ups, check-ins, supply."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan
from taperplanner.tapers.page import schedule_page

from ..chart.of_patient import chart_of_plan
from ..check_ins.drafts.begun import begun_lines
from ..check_ins.lines import CheckInLine, check_in_line
from ..downtime.marks import paper_marks
from ..follow_ups.lines import FollowUpLine, follow_up_lines
from ..reviews.lines import standing_of
from ..supply.lines import Supply, supply_of


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def progress(request: ClinicRequest, plan: Plan) -> HttpResponse:
    context = {
        "follow_ups": _follow_ups(plan, request.today),
        "check_ins": _check_ins(plan),
        "begun": begun_lines(plan.check_in_drafts.for_lines(), request.user, request.today),
        "standing": standing_of(plan, request.today),
        "supply": _supply(plan, request.today),
        "chart": chart_of_plan(plan, today=request.today),
        "moved": plan.follow_ups.moved().count(),
    }
    return schedule_page(request, plan, "monitoring/progress.html", context)


def _follow_ups(plan: Plan, today: date) -> list[FollowUpLine]:
    rows = plan.follow_ups.select_related("assigned_to", "settled_by", "error").by_day()
    return follow_up_lines(rows, today)


def _check_ins(plan: Plan) -> list[CheckInLine]:
    rows = plan.check_ins.newest_first().select_related("corrects", "correction", "emergency", "error")
    marks = paper_marks(plan.patient.clinic, [plan])
    return [
        check_in_line(row, marks.get(row.pk, ""))
        for row in rows.prefetch_related("ratings", "raised_earlier")
    ]


def _supply(plan: Plan, today: date) -> Supply:
    """Counted up to the next follow-up, where there is one."""
    next_contact = plan.follow_ups.open().due_from(today).by_day().values_list("due_on", flat=True).first()
    return supply_of(plan, today=today, next_contact=next_contact)
