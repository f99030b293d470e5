"""The products of a plan: added, corrected until a version is signed with them, and then retired."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import Attempt, bound_data

from .. import actions
from ..decorators import with_plan, with_product
from ..forms.products import ProductForm
from ..models import Plan, Product


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_plan
def product_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = ProductForm(bound_data(request), drug=plan.drug)
    if form.is_valid():
        try:
            with form.asking():
                product = actions.add_product(plan=plan, **_said(form), by=request.user, at=request.now)
            messages.success(request, f"{product} is added.")
            return _onwards(plan, to="product_add" if "another" in request.POST else "")
        except (actions.CannotEditProduct, actions.SameProduct) as refusal:
            form.add_error(None, str(refusal))
    return patient_page(request, plan.patient, "tapers/product_add.html", _context(plan, form))


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@with_product
def product_edit(request: ClinicRequest, product: Product) -> HttpResponse:
    plan, values_of = product.plan, ProductForm.values_of
    form = ProductForm(bound_data(request), initial=values_of(product), drug=plan.drug)
    attempt = Attempt(request, form, product, values_of)
    if form.is_valid():
        with attempt, form.asking():
            actions.correct_product(
                product=product, revision=attempt.revision, **_said(form), by=request.user, at=request.now
            )
            messages.success(request, CORRECTED)
            return _onwards(plan)
    context = {**_context(plan, form), "product": product, **attempt.context}
    return patient_page(request, plan.patient, "tapers/product_edit.html", context, status=attempt.status)


@require_POST
@requires(Permission.EDIT_DRAFT)
@with_product
def product_retire(request: ClinicRequest, product: Product) -> HttpResponse:
    try:
        actions.retire_product(product=product, by=request.user, at=request.now)
    except actions.CannotEditProduct as problem:
        messages.error(request, str(problem))
    else:
        messages.success(
            request, f"{product} is retired from this plan. What was signed with it stays as it was."
        )
    return _onwards(product.plan)


CORRECTED = (
    "The product is corrected. What was typed in the draft stands as it was; read again what it adds up to."
)


def _said(form: ProductForm) -> dict[str, Any]:
    return {"details": form.details(), "is_another": form.cleaned_data["is_another"]}


def _context(plan: Plan, form: ProductForm) -> dict[str, Any]:
    return {
        "form": form,
        "plan": plan,
        "has_draft": hasattr(plan, "draft"),
        "products": plan.products.by_number().in_use(),
        "signed_products": plan.signed_products(),
    }


def _onwards(plan: Plan, to: str = "") -> HttpResponse:
    page = to or ("draft_edit" if hasattr(plan, "draft") else "plan")
    return redirect(f"tapers:{page}", plan.patient_id, plan.number)
