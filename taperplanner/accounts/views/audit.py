"""The audit log as a manager reads it, as a page and as a file. Reading it is an event too."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taperplanner.audit.filters import EventFilter
from taperplanner.audit.log import events_of, record
from taperplanner.audit.pages import page_of
from taperplanner.csv_files import csv_answer

from ..audit_lines import HEAD, lines_of
from ..decorators import requires
from ..http import ClinicRequest
from ..permissions import Permission

AFTER: Final = "after"
MOST_IN_A_FILE: Final = 20_000  # a few megabytes
LEFT_OUT: Final = ("Older events are left out: a file holds the newest. Narrow the filter.",)


@require_safe
@requires(Permission.MANAGE_CLINIC)
def audit(request: ClinicRequest) -> HttpResponse:
    events = _filtered(request)
    page = page_of(events.found, after=request.GET.get(AFTER, ""))
    context = {
        "filter": events,
        "lines": lines_of(request.user, page.events),
        "older": _address(request, page.older),
        "file": f"{reverse('accounts:audit_file')}?{_asked(request)}",
        "most": MOST_IN_A_FILE,
    }
    answer = render(request, "accounts/audit.html", context)
    _record(request, "audit.shown", events)
    return answer


@require_safe
@requires(Permission.MANAGE_CLINIC)
def audit_file(request: ClinicRequest) -> HttpResponse:
    """The newest of what the filters leave. With a filter that is wrong, back to the page, which says so."""
    events = _filtered(request)
    if not events.form.is_valid():
        return redirect(f"{reverse('accounts:audit')}?{_asked(request)}")
    page = page_of(events.found, length=MOST_IN_A_FILE)
    rows = [line.texts() for line in lines_of(request.user, page.events)]
    _record(request, "audit.exported", events, events=len(rows))
    left_out = [LEFT_OUT] if page.older else []
    return csv_answer([HEAD, *rows, *left_out], name=f"audit-log-{request.today}")


def _filtered(request: ClinicRequest) -> EventFilter:
    clinic = request.clinic
    people = [(str(user.pk), user.name) for user in clinic.users.active_first()]
    return EventFilter(request.GET, clinic, events_of(clinic.pk).with_time_before(), people=people)


def _record(request: ClinicRequest, action: str, filters: EventFilter, **more: int) -> None:
    details = {"filters": filters.asked, **more}
    record(action, **request.stamp, patient_id=filters.patient_id, details=details)


def _asked(request: ClinicRequest) -> str:
    """The filters, from the newest event on."""
    asked = request.GET.copy()
    asked.pop(AFTER, None)
    return asked.urlencode()


def _address(request: ClinicRequest, key: str) -> str:
    """Of the page that starts after this key; empty on the last."""
    if not key:
        return ""
    asked = request.GET.copy()
    asked[AFTER] = key
    return f"?{asked.urlencode()}"
