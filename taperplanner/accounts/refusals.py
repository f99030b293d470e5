"""Whatever is refused to somebody who is signed in leaves one event, which is written here and nowhere else.

a role that may not                              PermissionDenied, 403
a row that is not there, or another clinic's     Http404, 404: both are told alike, and neither is named
a record that is restricted, and not open to them noted where it is refused, 403
a form of another session                        Django's check of forms, 403
a second post, and what an action would not do   noted where it is refused (`saving.note_refusal`)
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from taperplanner.audit.limits import record_within_limit
from taperplanner.places import Registry
from taperplanner.saving import note_refusal, refusals_of

from .client_address import client_address
from .http import ClinicRequest
from .models import Clinic
from .too_late import page_too_old

REFUSED: Final = "request.refused"
MORE_REFUSED: Final = "request.refused_more"
WHY: Final = {HTTPStatus.FORBIDDEN: "role", HTTPStatus.NOT_FOUND: "absent"}
OTHER_SESSION: Final = "session"

# Whether a patient is a clinic's. A room above, which knows patients, says so.
IsPatientOf = Callable[[UUID, UUID], bool]
patient_checks: Registry[IsPatientOf] = Registry()


class RefusalsMiddleware:
    """Inside `ClinicMiddleware`, which says who asks; outside whatever refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        reasons = refusals_of(request) or _of_status(response)
        if reasons and hasattr(request, "stamp"):
            _record(cast(ClinicRequest, request), reasons)
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the page of what was sent too late, or Django's own; noted."""
    note_refusal(request, OTHER_SESSION)
    return page_too_old(request, reason)


def _of_status(response: HttpResponse) -> list[str]:
    why = WHY.get(HTTPStatus(response.status_code)) if response.status_code in WHY else None
    return [why] if why else []


def _record(request: ClinicRequest, reasons: list[str]) -> None:
    """An address that is none of ours names nobody: no event."""
    if not (match := request.resolver_match):
        return
    details: dict[str, object] = {
        "why": list(dict.fromkeys(reasons)),
        "method": request.method,
        "from": client_address(request),
    }
    if user_id := _own_user(request.clinic, match.kwargs.get("user_id")):
        details["user"] = str(user_id)
    if access := getattr(request, "emergency_access", None):
        details["emergency_access"] = access.pk.hex
    record_within_limit(
        REFUSED,
        beyond=MORE_REFUSED,
        **request.stamp,
        patient_id=_own_patient(request.clinic, match.kwargs.get("patient_id")),
        subject=match.view_name,
        details=details,
    )


def _own_patient(clinic: Clinic, named: Any) -> UUID | None:
    """Another clinic's patient is told as an invented one: not at all."""
    return named if named and any(is_ours(clinic.pk, named) for is_ours in patient_checks) else None


def _own_user(clinic: Clinic, named: Any) -> UUID | None:
    return named if named and clinic.users.filter(pk=named).exists() else None
