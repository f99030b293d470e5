"""How one plan goes, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import clinic_today, patient_page
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..check_in_lines import check_in_line
from ..lines import follow_up_lines


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def progress(request: ClinicRequest, plan: Plan) -> HttpResponse:
    follow_ups = plan.follow_ups.select_related("assigned_to", "settled_by").by_day()
    check_ins = plan.check_ins.newest_first().select_related("corrects", "correction", "emergency")
    context = {
        "plan": plan,
        "follow_ups": follow_up_lines(follow_ups, clinic_today(request)),
        "check_ins": [check_in_line(row) for row in check_ins.prefetch_related("ratings")],
        "moved": plan.follow_ups.moved().count(),
    }
    return patient_page(request, plan.patient, "monitoring/progress.html", context)
