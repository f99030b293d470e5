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
    people = _activities(request, "users.activity_shown")
    return render(request, "accounts/user_activity.html", {"people": people, "days": DAYS})


@require_safe
@requires(Permission.MANAGE_CLINIC)
def user_activity_file(request: ClinicRequest) -> HttpResponse:
    people = _activities(request, "users.activity_exported")
    return csv_answer([HEAD, *(one.texts() for one in people)], name=f"activity-{request.today}.csv")


def _activities(request: ClinicRequest, action: str) -> list[Activity]:
    """And an event that names whom they are of."""
    people = list(request.clinic.users.active_first())
    found = activity_of(request.clinic.pk, people, request.now)
    record(action, **request.stamp, details={"users": [str(user.pk) for user in people]})
    return found
