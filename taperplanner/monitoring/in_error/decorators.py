"""From the plan of the address to a record that can be marked as entered in error."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from .actions import Record

P = ParamSpec("P")


def with_record(
    view: Callable[Concatenate[ClinicRequest, Record, P], HttpResponse],
) -> Addressed:
    """Of the kind that the address names; another kind has no such page."""

    @wraps(view)
    def found(
        request: ClinicRequest, plan: Plan, kind: str, record_number: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        kinds: dict[str, QuerySet[Any]] = {
            "check-in": plan.check_ins.select_related("corrects", "follow_up", "error"),
            "dispensing": plan.dispensings.select_related("product", "corrects", "error"),
            "follow-up": plan.follow_ups.select_related("assigned_to", "error"),
            "count": plan.home_counts.select_related("product", "error"),
            "review": plan.reviews.select_related("corrects", "error"),
        }
        if kind not in kinds:
            raise Http404
        row: Record = get_object_or_404(kinds[kind], number=record_number)
        row.plan = plan
        return view(request, row, *args, **kwargs)

    return with_plan(found)
