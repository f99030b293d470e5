"""What was dispensed: recorded and corrected. It is counted on the plan's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.attempts import Refused, typed
from taperplanner.patients.page import clinic_today, patient_page
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..actions import supply as actions
from ..decorators import with_dispensing
from ..forms.supply import CorrectDispensingForm, DispensingForm
from ..models import Dispensing
from ..near import near_plan


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_plan
def dispensing_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    products = list(plan.products.by_number().filter(retired_at=None))
    form = DispensingForm(
        typed(request), products=products, today=clinic_today(request), near=near_plan(plan)
    )
    if form.is_valid():
        try:
            actions.record_dispensing(plan=plan, details=form.details, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "What was dispensed is written down.")
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    context = {"form": form, "plan": plan, "has_products": bool(products)}
    return patient_page(request, plan.patient, "monitoring/dispensing_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_dispensing
def dispensing_correct(request: ClinicRequest, dispensing: Dispensing) -> HttpResponse:
    plan = dispensing.plan
    form = _correction_form(request, dispensing)
    if form.is_valid():
        try:
            actions.correct_dispensing(
                dispensing=dispensing,
                details=form.details,
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The correction is written down. What it corrects stays readable.")
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    context = {"form": form, "plan": plan, "dispensing": dispensing}
    return patient_page(request, plan.patient, "monitoring/dispensing_correct.html", context)


def _correction_form(request: ClinicRequest, dispensing: Dispensing) -> CorrectDispensingForm:
    return CorrectDispensingForm(
        typed(request),
        initial=CorrectDispensingForm.values_of(dispensing),
        products=list(dispensing.plan.products.by_number()),
        today=clinic_today(request),
        near=near_plan(dispensing.plan),
    )
