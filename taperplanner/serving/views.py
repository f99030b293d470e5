"""For whoever watches over the server: no sign-in, no session, no row of a clinic."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from . import health
from .probe import Probe


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The app is up and its database answers."""
    return _answer(health.SHALLOW)


@require_safe
@login_not_required
def healthz_deep(request: HttpRequest) -> HttpResponse:
    """… and its tables are those of this version, and there is room on its disks."""
    return _answer(health.DEEP)


def _answer(probe: Probe) -> HttpResponse:
    wrong = probe.wrong()
    return HttpResponse(
        "".join(f"{sentence}\n" for sentence in wrong or ["ok"]),
        content_type="text/plain",
        status=HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK,
    )
