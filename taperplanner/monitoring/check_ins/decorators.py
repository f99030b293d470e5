"""From the plan of the address to one of its check-ins; and no danger sign of a check-in's form is lost."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from taperplanner.accounts.decorators import Addressed, FromRow, ViewOf, row_of
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import key_in
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..danger import signs_in
from ..emergencies.actions import raise_emergency
from ..models import CheckIn

_check_in: FromRow[CheckIn, Plan] = row_of(
    lambda plan: plan.check_ins.select_related(
        "corrects", "correction", "follow_up", "emergency", "error", "entered_later__form"
    ),
    named="check_in_number",
    parent="plan",
)


def with_check_in(view: ViewOf[CheckIn]) -> Addressed:
    return with_plan(_check_in(view))


def keeps_danger(view: Addressed) -> Addressed:
    """Save the danger signs of a check-in's form that is not shown again, because it was sent before or has no key.

    A form that is shown again with its errors has saved them already.
    """

    @wraps(view)
    def with_signs_saved(
        request: ClinicRequest, asked: Plan | CheckIn, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = view(request, asked, *args, **kwargs)
        plan, known = (asked, ()) if isinstance(asked, Plan) else (asked.plan, asked.danger_signs())
        key = key_in(request)
        is_saved_without_key = not key and response.status_code == HTTPStatus.FOUND
        if request.method == "POST" and response.status_code != HTTPStatus.OK and not is_saved_without_key:
            signs = [sign for sign in signs_in(request.POST.dict()) if sign not in known]
            raise_emergency(plan=plan, signs=signs, form_key=key, **request.stamp)
        return response

    return with_signs_saved
