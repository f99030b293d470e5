"""What was dispensed, and what was counted at home: recorded and corrected. The plan's page adds it up."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import Dispensing
from ..near import near_plan
from . import actions
from .decorators import with_dispensing
from .forms import CorrectDispensingForm, CountForm, DispensingForm, ShortfallForm
from .lines import supply_of


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def dispensing_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    products = list(plan.products.by_number().filter(retired_at=None))
    form = DispensingForm(bound_data(request), products=products, today=request.today, near=near_plan(plan))
    sent = submit(
        request, form, lambda: actions.record_dispensing(plan=plan, details=form.details, **request.stamp)
    )
    if sent.is_done:
        return _to_progress(request, plan, "What was dispensed is written down.")
    context = {"form": form, "plan": plan, "has_products": bool(products)}
    return patient_page(request, plan.patient, "monitoring/dispensing_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_dispensing
def dispensing_correct(request: ClinicRequest, dispensing: Dispensing) -> HttpResponse:
    plan, form = dispensing.plan, _correction_form(request, dispensing)
    correct = partial(actions.correct_dispensing, dispensing=dispensing, **request.stamp)
    sent = submit(request, form, lambda: correct(details=form.details, why=form.cleaned_data["why"]))
    if sent.is_done:
        return _to_progress(request, plan, "The correction is written down. What it corrects stays readable.")
    amount = dispensing.product.as_data().amount(dispensing.quantity)
    context = {"form": form, "plan": plan, "dispensing": dispensing, "amount": amount}
    return patient_page(request, plan.patient, "monitoring/dispensing_correct.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def home_count_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    """Of any product of the plan: of one that is retired, there may be some left at home."""
    products = list(plan.products.by_number())
    form = CountForm(bound_data(request), products=products, today=request.today, near=near_plan(plan))
    sent = submit(
        request, form, lambda: actions.record_count(plan=plan, details=form.details, **request.stamp)
    )
    if sent.is_done:
        return _to_progress(
            request, plan, "The count is written down. From its day on it takes the place of the books."
        )
    context = {"form": form, "plan": plan, "has_products": bool(products)}
    return patient_page(request, plan.patient, "monitoring/home_count_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def shortfall_explain(request: ClinicRequest, plan: Plan, product_number: int) -> HttpResponse:
    product = get_object_or_404(plan.products, number=product_number)
    product.plan = plan
    form = ShortfallForm(bound_data(request))
    explain = partial(actions.explain_shortfall, product=product, **request.stamp)
    if submit(request, form, lambda: explain(text=form.cleaned_data["text"])).is_done:
        return _to_progress(request, plan, "What came of it is written down.")
    counted = supply_of(plan, today=request.today, next_contact=None).products
    line = next((line for line in counted if line.number == product_number), None)
    context = {"form": form, "plan": plan, "product": product, "line": line}
    return patient_page(request, plan.patient, "monitoring/shortfall_explain.html", context)


def _to_progress(request: ClinicRequest, plan: Plan, message: str) -> HttpResponse:
    return saved(request, message, "monitoring:progress", plan.patient_id, plan.number)


def _correction_form(request: ClinicRequest, dispensing: Dispensing) -> CorrectDispensingForm:
    return CorrectDispensingForm(
        bound_data(request),
        initial=CorrectDispensingForm.values_of(dispensing),
        products=list(dispensing.plan.products.by_number()),
        today=request.today,
        near=near_plan(dispensing.plan),
    )
