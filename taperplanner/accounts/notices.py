"""Whoever signs in after a change of their access reads of it before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

# In the session, from the sign-in until they answered.
TELLS: Final = "tells_of_changes"


class NoticeMiddleware:
    """Below the one that asks for a sign-in. A page is answered with the notice; what somebody sends is not lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if TELLS in request.session and _is_a_page(request):
            return redirect("accounts:access")
        return self.get_response(request)


def _is_a_page(request: HttpRequest) -> bool:
    let_through = {reverse(name) for name in ("accounts:access", "accounts:still_here", "account_logout")}
    wants_page = request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers
    return wants_page and request.path not in let_through
