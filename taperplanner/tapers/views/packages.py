"""What the packages of a plan contain, as somebody typed it from them."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, revision_in, saved, submit

from .. import actions
from ..decorators import with_plan, with_product
from ..forms.excipients import ExcipientsForm
from ..models import Plan, Product
from ..packages import every_package, newest_excipients

TYPED: Final = "What the package says is kept. It changes no schedule."


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def packages(request: ClinicRequest, plan: Plan) -> HttpResponse:
    context = {"plan": plan, "products": every_package(plan)}
    return patient_page(request, plan.patient, "tapers/packages.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@with_product
def product_excipients(request: ClinicRequest, product: Product) -> HttpResponse:
    plan, now = product.plan, newest_excipients(product)
    form = ExcipientsForm(bound_data(request), initial=ExcipientsForm.values_of(now))
    keep = partial(actions.type_excipients, product=product, number=revision_in(request), **request.stamp)
    sent = submit(request, form, lambda: keep(text=form.cleaned_data["text"]), row=now, refused_at="text")
    if sent.is_done:
        return saved(request, TYPED, "tapers:packages", plan.patient_id, plan.number)
    context = {"plan": plan, "product": product, **sent.context}
    return patient_page(request, plan.patient, "tapers/product_excipients.html", context, sent.status)
