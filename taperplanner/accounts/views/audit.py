"""The audit log as a manager reads it. Reading it is an event too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taperplanner.audit.filters import EventFilter
from taperplanner.audit.log import events_of, record
from taperplanner.audit.models import Event
from taperplanner.audit.pages import page_of
from taperplanner.audit.sentences import SAID, about

from ..decorators import requires
from ..http import ClinicRequest
from ..permissions import Permission

AFTER: Final = "after"


@dataclass(frozen=True)
class Line:
    """One event in words."""

    at: datetime
    by: str
    what: str
    about: str
    more: list[str]
    patient_id: UUID | None
    address: str


@require_safe
@requires(Permission.MANAGE_CLINIC)
def audit(request: ClinicRequest) -> HttpResponse:
    names = {str(user.pk): user.name for user in request.clinic.users.active_first()}
    clinic, people = request.clinic, list(names.items())
    events = EventFilter(request.GET, clinic, events_of(clinic.pk), people=people)
    page = page_of(events.found, after=request.GET.get(AFTER, ""))
    lines, older = [_line(event, names) for event in page.events], _address(request, page.older)
    answer = render(request, "accounts/audit.html", {"filter": events, "lines": lines, "older": older})
    details = {"filters": events.asked}
    record("audit.shown", **request.stamp, patient_id=events.patient_id, details=details)
    return answer


def _line(event: Event, names: dict[str, str]) -> Line:
    more = [
        f"{name.replace('_', ' ')}: {_joined(value, names)}"
        for name, value in event.details.items()
        if value and name not in SAID
    ]
    whom = about(event.action, event.subject, event.details)
    return Line(
        at=event.at,
        by=event.user_name,
        what=event.sentence,
        about=names.get(whom, whom),
        more=more,
        patient_id=event.patient_id,
        address=event.details.get("from", ""),
    )


def _joined(value: object, names: Mapping[str, str]) -> str:
    many = value if isinstance(value, list) else [value]
    return ", ".join(names.get(str(one)) or str(one).replace("_", " ") for one in many)


def _address(request: ClinicRequest, key: str) -> str:
    """Of the page that starts after this key; empty on the last."""
    if not key:
        return ""
    asked = request.GET.copy()
    asked[AFTER] = key
    return f"?{asked.urlencode()}"
