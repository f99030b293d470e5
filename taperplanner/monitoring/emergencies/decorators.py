"""From the plan of the address to one of its emergencies."""

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

from ..models import Emergency

P = ParamSpec("P")


def with_emergency(
    view: Callable[Concatenate[ClinicRequest, Emergency, P], HttpResponse],
) -> Addressed:
    """By its own id, or by the check-in that raised it; one that raised none has no such page."""

    @wraps(view)
    def found(request: ClinicRequest, plan: Plan, *args: Any, **kwargs: Any) -> HttpResponse:
        emergency_id, check_in_number = kwargs.pop("emergency_id", None), kwargs.pop("check_in_number", None)
        wanted = {"pk": emergency_id} if emergency_id else {"check_in__number": check_in_number}
        emergency = get_object_or_404(plan.patient.emergencies.of_plans([plan]).with_plan(), **wanted)
        emergency.place_in(plan)
        return view(request, emergency, *args, **kwargs)

    return with_plan(found)
