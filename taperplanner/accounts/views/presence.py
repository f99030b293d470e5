"""Health check, and the sign that somebody is still at work."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..http import ClinicRequest


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """For monitoring of the server: the app is up and its database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(
            "The database does not answer.\n",
            content_type="text/plain",
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def still_here(request: ClinicRequest) -> HttpResponse:
    """For work that makes no request of its own, such as typing. The middleware notes it."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
