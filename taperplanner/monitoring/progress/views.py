"""How one plan goes, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..chart.from_rows import chart_facts
from ..chart.picture import picture
from ..check_ins.lines import check_in_line
from ..follow_ups.lines import follow_up_lines
from ..supply.lines import supply_of


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def progress(request: ClinicRequest, plan: Plan) -> HttpResponse:
    today = request.today
    follow_ups = plan.follow_ups.select_related("assigned_to", "settled_by", "error").by_day()
    check_ins = plan.check_ins.newest_first().select_related("corrects", "correction", "emergency", "error")
    next_contact = plan.follow_ups.open().due_from(today).by_day().values_list("due_on", flat=True).first()
    context = {
        "plan": plan,
        "follow_ups": follow_up_lines(follow_ups, today),
        "check_ins": [check_in_line(row) for row in check_ins.prefetch_related("ratings", "raised_earlier")],
        "supply": supply_of(plan, today=today, next_contact=next_contact),
        "picture": picture(chart_facts(request.clinic, [plan], today=today)),
        "moved": plan.follow_ups.moved().count(),
    }
    return patient_page(request, plan.patient, "monitoring/progress.html", context)
