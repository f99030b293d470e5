"""What somebody sent when they were no longer signed in, or had signed in anew: it comes back, to be sent again."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure

from .once import NAME, key_for, repeatable


def is_from_our_page(request: HttpRequest) -> bool:
    """As the browser says. Another site's form is never shown as something that one may send."""
    return request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "same-origin"


def sent_too_late(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    context = {
        "path": request.get_full_path(),
        "posted": repeatable(request),
        "key_name": NAME,
        "key": key_for(request),
    }
    return render(request, "accounts/sent_too_late.html", context, status=status)


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever signs in again in another tab gives this one a token that is no longer right."""
    if is_from_our_page(request) and request.user.is_authenticated:
        return sent_too_late(request, HTTPStatus.FORBIDDEN)
    return csrf_failure(request, reason)
