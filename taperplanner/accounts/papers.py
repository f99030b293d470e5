"""For whom a paper is set, and the page of whoever has too many being set, with what they sent."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from taperplanner.typesetting import TooManyPapers, asker

from .once import NAME, key_for, repeatable

NOBODY: Final = "nobody"
RETRY_AFTER: Final = 10  # seconds


class PapersMiddleware:
    """Inside `ClinicMiddleware`: the user is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = asker.set(str(request.user.pk or NOBODY))
        try:
            return self.get_response(request)
        finally:
            asker.reset(token)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, TooManyPapers):
            return None
        context = {
            "why": str(error),
            "path": request.get_full_path(),
            "is_sent": request.method == "POST",
            "posted": repeatable(request),
            "key_name": NAME,
            "key": key_for(request),
        }
        status = HTTPStatus.TOO_MANY_REQUESTS
        response = render(request, "accounts/papers_being_made.html", context, status=status)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
