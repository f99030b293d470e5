"""From the plan of the address to one of its follow-ups."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import FollowUp

P = ParamSpec("P")


def with_follow_up(
    view: Callable[Concatenate[ClinicRequest, FollowUp, P], HttpResponse],
) -> Addressed:
    @wraps(view)
    def found(
        request: ClinicRequest, plan: Plan, follow_up_number: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        follow_up = get_object_or_404(
            plan.follow_ups.select_related("assigned_to", "settled_by"), number=follow_up_number
        )
        follow_up.plan = plan
        return view(request, follow_up, *args, **kwargs)

    return with_plan(found)
