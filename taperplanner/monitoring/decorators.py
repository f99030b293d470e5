"""From the plan of the address to one of its follow-ups, check-ins, emergencies, dispensings or counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import key_in
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from .danger import signs_in
from .emergencies.actions import raise_emergency
from .models import CheckIn, Dispensing, Emergency, FollowUp, HomeCount

Record = CheckIn | Dispensing | FollowUp | HomeCount

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


def with_check_in(
    view: Callable[Concatenate[ClinicRequest, CheckIn, P], HttpResponse],
) -> Addressed:
    @wraps(view)
    def found(
        request: ClinicRequest, plan: Plan, check_in_number: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        check_ins = plan.check_ins.select_related("corrects", "correction", "follow_up", "emergency", "error")
        check_in = get_object_or_404(check_ins, number=check_in_number)
        check_in.plan = plan
        return view(request, check_in, *args, **kwargs)

    return with_plan(found)


def keeps_danger(view: Addressed) -> Addressed:
    """Around whatever leads a check-in's form elsewhere, because it was sent before or has no key: a danger
    sign that this would lose is kept. A form that comes back with its faults has kept its signs by itself.
    """

    @wraps(view)
    def kept(request: ClinicRequest, asked: Plan | CheckIn, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, asked, *args, **kwargs)
        plan, known = (asked, ()) if isinstance(asked, Plan) else (asked.plan, asked.danger_signs())
        key = key_in(request)
        is_saved_without_key = not key and response.status_code == HTTPStatus.FOUND
        if request.method == "POST" and response.status_code != HTTPStatus.OK and not is_saved_without_key:
            signs = [sign for sign in signs_in(request.POST.dict()) if sign not in known]
            raise_emergency(plan=plan, signs=signs, form_key=key, by=request.user, at=request.now)
        return response

    return kept


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
        }
        if kind not in kinds:
            raise Http404
        row: Record = get_object_or_404(kinds[kind], number=record_number)
        row.plan = plan
        return view(request, row, *args, **kwargs)

    return with_plan(found)
