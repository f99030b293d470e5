"""The products of a plan: added, corrected until a version is signed with them, and then retired."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, press, revision_in, saved, submit

from .. import actions
from ..decorators import with_plan, with_product
from ..forms.products import ProductForm
from ..models import Plan, Product

CORRECTED: Final = (
    "The product is corrected. No cell of the draft has changed. Read again what the cells add up to."
)
RETIRED: Final = "{} is retired from this plan. What was signed with it stays as it was."


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_plan
def product_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = ProductForm(bound_data(request), drug=plan.drug)
    add = partial(actions.add_product, plan=plan, **request.stamp)
    sent = submit(request, form, lambda: add(**form.product()))
    if sent.is_done:
        to = "product_add" if "another" in request.POST else ""
        return saved(request, f"{sent.result} is added.", _next_page(plan, to))
    return patient_page(request, plan.patient, "tapers/product_add.html", _context(plan, form))


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@with_product
def product_edit(request: ClinicRequest, product: Product) -> HttpResponse:
    plan = product.plan
    form = ProductForm(bound_data(request), initial=ProductForm.values_of(product), drug=plan.drug)
    correct = partial(
        actions.correct_product, product=product, revision=revision_in(request), **request.stamp
    )
    sent = submit(request, form, lambda: correct(**form.product()), row=product)
    if sent.is_done:
        return saved(request, CORRECTED, _next_page(plan))
    context = {**_context(plan, form), "product": product, **sent.context}
    return patient_page(request, plan.patient, "tapers/product_edit.html", context, status=sent.status)


@require_POST
@requires(Permission.EDIT_DRAFT)
@with_product
def product_retire(request: ClinicRequest, product: Product) -> HttpResponse:
    retire = partial(actions.retire_product, product=product, **request.stamp)
    return press(request, retire, done=RETIRED.format(product), to=_next_page(product.plan))


def _context(plan: Plan, form: ProductForm) -> dict[str, Any]:
    return {
        "form": form,
        "plan": plan,
        "has_draft": hasattr(plan, "draft"),
        "products": plan.products.by_number().in_use(),
        "signed_products": plan.signed_products(),
    }


def _next_page(plan: Plan, page: str = "") -> str:
    """The address of the page to go on to: without one, the draft, or the plan where there is no draft."""
    page = page or ("draft_edit" if hasattr(plan, "draft") else "plan")
    return reverse(f"tapers:{page}", args=[plan.patient_id, plan.number])
