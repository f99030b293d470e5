"""Check-ins: recorded, read, and corrected by another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.attempts import Refused
from taperplanner.guidance.library import library
from taperplanner.patients.page import clinic_today, patient_page
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule import ScheduleProduct

from ..actions import check_ins as actions
from ..check_in_lines import check_in_parts
from ..decorators import with_check_in
from ..emergency_page import emergency_context
from ..forms.check_ins import CheckInForm, CorrectionForm
from ..forms.runs import MORE_ROWS, rows_in
from ..models import CheckIn
from ..near import near_plan


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_plan
def check_in_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    follow_ups = {str(one.number): one for one in plan.follow_ups.open().by_day()}
    initial = {"follow_up": request.GET.get("follow_up", "")}
    form = _form(request, plan, CheckInForm, initial, follow_ups=list(follow_ups.values()))
    if form.is_valid():
        try:
            check_in = actions.record_check_in(
                plan=plan,
                details=form.details,
                follow_up=follow_ups.get(form.cleaned_data.get("follow_up", "")),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The check-in was saved.")
            return redirect(check_in)
    context = {"form": form, **_beside(plan)}
    return patient_page(request, plan.patient, "monitoring/check_in_add.html", context)


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_check_in
def check_in(request: ClinicRequest, check_in: CheckIn) -> HttpResponse:
    context = {
        "plan": check_in.plan,
        "check_in": check_in,
        "corrected_by": getattr(check_in, "correction", None),
        "parts": check_in_parts(check_in),
        **emergency_context(check_in),
    }
    return patient_page(request, check_in.plan.patient, "monitoring/check_in.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_check_in
def check_in_correct(request: ClinicRequest, check_in: CheckIn) -> HttpResponse:
    plan = check_in.plan
    form = _form(request, plan, CorrectionForm, CheckInForm.values_of(check_in), follow_ups=[])
    if form.is_valid():
        try:
            correction = actions.correct_check_in(
                check_in=check_in,
                details=form.details,
                why=form.cleaned_data["why_corrected"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The correction was saved. What it corrects stays readable.")
            return redirect(correction)
    context = {"form": form, "check_in": check_in, **_beside(plan)}
    return patient_page(request, plan.patient, "monitoring/check_in_correct.html", context)


def _form(
    request: ClinicRequest, plan: Plan, kind: type[CheckInForm], initial: dict[str, Any], *, follow_ups: Any
) -> CheckInForm:
    """Asked for more rows, the page comes again with all that was typed, and nothing is saved."""
    data = request.POST if request.method == "POST" else None
    if data is not None and "more" in data:
        initial = {**data.dict(), "rows": str(rows_in(data) + MORE_ROWS)}
        data = None
    return kind(
        data,
        initial=initial,
        today=clinic_today(request),
        products=_products(plan, initial if data is None else data),
        follow_ups=follow_ups,
        near=near_plan(plan),
    )


def _products(plan: Plan, values: Mapping[str, Any]) -> list[ScheduleProduct]:
    """Those in use, and a retired one of which something is said: nothing typed falls away unseen."""
    rows = plan.products.by_number()
    return [row.as_data() for row in rows if row.retired_at is None or values.get(f"left_{row.number}")]


def _beside(plan: Plan) -> dict[str, Any]:
    """What to look for, and the signs of an emergency, which do not depend on the drug."""
    sources = library()
    return {
        "plan": plan,
        "has_guidance": sources.has_drug(plan.drug),
        "monitoring": sources.topic("monitoring", drug=plan.drug, beside=True),
        "emergency": sources.topic("emergency", beside=True),
    }
