"""What was dispensed, and what was counted at home: recorded and corrected. The plan's page adds it up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.attempts import Refused, typed
from taperplanner.patients.page import clinic_today, patient_page
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..actions import supply as actions
from ..decorators import with_dispensing
from ..forms.notes import ShortfallForm
from ..forms.questions import AskingForm
from ..forms.supply import CorrectDispensingForm, CountForm, DispensingForm
from ..models import Dispensing
from ..near import near_plan
from ..questions import AsksFirst
from ..supply_lines import supply_of


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def dispensing_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    products = list(plan.products.by_number().filter(retired_at=None))
    form = DispensingForm(
        typed(request), products=products, today=clinic_today(request), near=near_plan(plan)
    )
    if form.is_valid():
        act = partial(actions.record_dispensing, plan=plan, details=form.details, by=request.user)
        if _is_kept(form, act):
            messages.success(request, "What was dispensed is written down.")
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    context = {"form": form, "plan": plan, "has_products": bool(products)}
    return patient_page(request, plan.patient, "monitoring/dispensing_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_dispensing
def dispensing_correct(request: ClinicRequest, dispensing: Dispensing) -> HttpResponse:
    plan = dispensing.plan
    form = _correction_form(request, dispensing)
    if form.is_valid():
        act = partial(
            actions.correct_dispensing,
            dispensing=dispensing,
            details=form.details,
            why=form.cleaned_data["why"],
            by=request.user,
        )
        if _is_kept(form, act):
            messages.success(request, "The correction is written down. What it corrects stays readable.")
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    context = {
        "form": form,
        "plan": plan,
        "dispensing": dispensing,
        "amount": dispensing.product.as_data().amount(dispensing.quantity),
    }
    return patient_page(request, plan.patient, "monitoring/dispensing_correct.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def home_count_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    """Of any product of the plan: of one that is retired, there may be some left at home."""
    products = list(plan.products.by_number())
    form = CountForm(typed(request), products=products, today=clinic_today(request), near=near_plan(plan))
    if form.is_valid():
        act = partial(actions.record_count, plan=plan, details=form.details, by=request.user)
        if _is_kept(form, act):
            messages.success(
                request, "The count is written down. From its day on it takes the place of the books."
            )
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    context = {"form": form, "plan": plan, "has_products": bool(products)}
    return patient_page(request, plan.patient, "monitoring/home_count_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def shortfall_explain(request: ClinicRequest, plan: Plan, product_number: int) -> HttpResponse:
    product = get_object_or_404(plan.products, number=product_number)
    product.plan = plan
    form = ShortfallForm(typed(request))
    if form.is_valid():
        text = form.cleaned_data["text"]
        act = partial(actions.explain_shortfall, product=product, text=text, by=request.user)
        if _is_kept(form, act):
            messages.success(request, "What came of it is written down.")
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    counted = supply_of(plan, today=clinic_today(request), next_contact=None).products
    line = next((line for line in counted if line.number == product_number), None)
    context = {"form": form, "plan": plan, "product": product, "line": line}
    return patient_page(request, plan.patient, "monitoring/shortfall_explain.html", context)


def _is_kept(form: AskingForm | ShortfallForm, act: Callable[..., object]) -> bool:
    """Whether the action went through; otherwise the form says what it asked or why it refused."""
    try:
        act(at=timezone.now())
    except AsksFirst as asked:
        assert isinstance(form, AskingForm)  # noqa: S101 - only their actions ask
        form.ask(asked)
    except Refused as refused:
        form.add_error(None, str(refused))
    else:
        return True
    return False


def _correction_form(request: ClinicRequest, dispensing: Dispensing) -> CorrectDispensingForm:
    return CorrectDispensingForm(
        typed(request),
        initial=CorrectDispensingForm.values_of(dispensing),
        products=list(dispensing.plan.products.by_number()),
        today=clinic_today(request),
        near=near_plan(dispensing.plan),
    )
