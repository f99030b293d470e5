"""From the plan of the address to one of its dispensings or products."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan, Product

from ..models import Dispensing

P = ParamSpec("P")


def with_dispensing(
    view: Callable[Concatenate[ClinicRequest, Dispensing, P], HttpResponse],
) -> Addressed:
    @wraps(view)
    def found(
        request: ClinicRequest, plan: Plan, dispensing_number: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        rows = plan.dispensings.select_related("product")
        dispensing = get_object_or_404(rows, number=dispensing_number)
        dispensing.plan = plan
        return view(request, dispensing, *args, **kwargs)

    return with_plan(found)


def with_product(
    view: Callable[Concatenate[ClinicRequest, Product, P], HttpResponse],
) -> Addressed:
    @wraps(view)
    def found(
        request: ClinicRequest, plan: Plan, product_number: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        product = get_object_or_404(plan.products, number=product_number)
        product.plan = plan
        return view(request, product, *args, **kwargs)

    return with_plan(found)
