"""What the clinic's people did lately, as counts, for its managers: as a page and as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taperplanner.audit.log import record
from taperplanner.csv_files import csv_answer

from ..activity import DAYS, HEAD, Activity, activity_of
from ..decorators import requires
from ..http import ClinicRequest
from ..permissions import Permission


@require_safe
@requires(Permission.MANAGE_CLINIC)
def user_activity(request: ClinicRequest) -> HttpResponse:
    people = _activities(request)
    record("users.activity_shown", **request.stamp, details=_named(people))
    return render(request, "accounts/user_activity.html", {"people": people, "days": DAYS})


@require_safe
@requires(Permission.MANAGE_CLINIC)
def user_activity_file(request: ClinicRequest) -> HttpResponse:
    people = _activities(request)
    record("users.activity_exported", **request.stamp, details=_named(people))
    return csv_answer([HEAD, *(one.texts() for one in people)], name=f"activity-{request.today}")


def _activities(request: ClinicRequest) -> list[Activity]:
    return activity_of(request.clinic.pk, request.clinic.users.active_first(), request.now)


def _named(people: list[Activity]) -> dict[str, list[str]]:
    """Whose acts were counted."""
    return {"users": [str(one.person.pk) for one in people]}
