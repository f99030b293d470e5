"""What was dispensed and what was counted at home: recorded and corrected. The Progress page adds it up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final, TypeVar

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit
from taperplanner.tapers.decorators import with_plan, with_product
from taperplanner.tapers.models import Plan, Product

from ..downtime.forms import CODE
from ..downtime.marks import paper_marks
from ..models import Dispensing
from ..near import near_plan
from . import actions
from .decorators import with_dispensing
from .forms import CorrectDispensingForm, CountForm, NewDispensingForm, ProductForm, ShortfallForm
from .lines import ProductLine, supply_of

COUNTED: Final = "The count was recorded. From its day on, the supply is worked out from it."

F = TypeVar("F", bound=ProductForm)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def dispensing_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    in_use, initial = plan.products.by_number().filter(retired_at=None), {CODE: request.GET.get(CODE, "")}
    form = _form(request, plan, NewDispensingForm, in_use, initial)
    add = partial(actions.record_dispensing, plan=plan, **request.stamp)
    if submit(request, form, lambda: add(details=form.details, paper=form.from_paper)).is_done:
        return _to_progress(request, plan, "The dispensing was recorded.")
    return patient_page(request, plan.patient, "monitoring/dispensing_add.html", {"form": form, "plan": plan})


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_dispensing
def dispensing_correct(request: ClinicRequest, dispensing: Dispensing) -> HttpResponse:
    plan, initial = dispensing.plan, CorrectDispensingForm.values_of(dispensing)
    form = _form(request, plan, CorrectDispensingForm, plan.products.by_number(), initial)
    correct = partial(actions.correct_dispensing, dispensing=dispensing, **request.stamp)
    if submit(request, form, lambda: correct(details=form.details, why=form.cleaned_data["why"])).is_done:
        return _to_progress(request, plan, "The correction was recorded. The earlier record stays readable.")
    context = {"form": form, "plan": plan, "dispensing": dispensing, "amount": _amount(dispensing)}
    context["from_paper"] = paper_marks(request.clinic, [plan]).get(dispensing.pk, "")
    return patient_page(request, plan.patient, "monitoring/dispensing_correct.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def home_count_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    """Of any product of the plan: of a retired one, some may be left at home."""
    form = _form(request, plan, CountForm, plan.products.by_number())
    add = partial(actions.record_count, plan=plan, **request.stamp)
    if submit(request, form, lambda: add(details=form.details)).is_done:
        return _to_progress(request, plan, COUNTED)
    return patient_page(request, plan.patient, "monitoring/home_count_add.html", {"form": form, "plan": plan})


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_product
def shortfall_explain(request: ClinicRequest, product: Product) -> HttpResponse:
    plan, form = product.plan, ShortfallForm(bound_data(request))
    explain = partial(actions.explain_shortfall, product=product, **request.stamp)
    if submit(request, form, lambda: explain(text=form.cleaned_data["text"])).is_done:
        return _to_progress(request, plan, "The explanation was recorded.")
    context = {"form": form, "plan": plan, "product": product, "line": _line(request, product)}
    return patient_page(request, plan.patient, "monitoring/shortfall_explain.html", context)


def _form(
    request: ClinicRequest,
    plan: Plan,
    kind: type[F],
    products: Iterable[Product],
    initial: dict[str, Any] | None = None,
) -> F:
    data, today = bound_data(request), request.today
    return kind(data, initial=initial, products=list(products), today=today, near=near_plan(plan))


def _amount(dispensing: Dispensing) -> str:
    return dispensing.product.as_data().amount_and_ml(dispensing.quantity)


def _line(request: ClinicRequest, product: Product) -> ProductLine | None:
    """What the Progress page says of the product."""
    counted = supply_of(product.plan, today=request.today, next_contact=None).products
    return next((line for line in counted if line.number == product.number), None)


def _to_progress(request: ClinicRequest, plan: Plan, message: str) -> HttpResponse:
    return saved(request, message, "monitoring:progress", plan.patient_id, plan.number)
