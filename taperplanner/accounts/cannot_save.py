"""While nothing can be written: pages can be read, and what is sent is answered with the reason and comes back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from taperplanner.no_room import watch, why_no_room

from .once import NAME, key_for, repeatable

logger = logging.getLogger(__name__)
READS: Final = frozenset({"GET", "HEAD"})


class CannotSaveMiddleware:
    """Outside the session's middleware, because the session is written last.

    It notes the database's errors, also those that are swallowed: a rate limit that cannot be counted would
    otherwise answer "too many attempts".
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reasons: list[str] = []
        request.cannot_save = ""  # type: ignore[attr-defined]
        with connection.execute_wrapper(watch(reasons)):
            response = self.get_response(request)
            if not reasons or response.status_code == HTTPStatus.INSUFFICIENT_STORAGE:
                return response
            if request.method in READS and response.status_code == HTTPStatus.OK:
                # Rendered again, now with a warning that nothing can be saved.
                request.cannot_save = reasons[0]  # type: ignore[attr-defined]
                return self.get_response(request)
            if request.method in READS and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                return response
            return cannot_save(request, reasons[0])

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        reason = why_no_room(error)
        return cannot_save(request, reason) if reason else None


def cannot_save(request: HttpRequest, reason: str) -> HttpResponse:
    logger.error("%s %s could not be saved: %s", request.method, request.path, reason)
    status = HTTPStatus.INSUFFICIENT_STORAGE
    if HtmxDetails(request):
        text = f"Not saved: {reason}. Keep this page open; it tries again by itself."
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    context = {
        "reason": reason,
        "path": request.get_full_path(),
        "is_sent": request.method not in READS,
        "posted": repeatable(request),
        "key_name": NAME,
        "key": key_for(request),
    }
    return render(request, "accounts/cannot_save.html", context, status=status)
