"""The sign that somebody is still at work."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ..http import ClinicRequest


@require_safe
def still_here(request: ClinicRequest) -> HttpResponse:
    """For work that makes no request of its own, such as typing. The middleware notes it."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
