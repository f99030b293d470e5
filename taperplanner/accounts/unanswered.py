"""What cannot be answered because the database does not: a page that needs none, with what was typed, to be sent again.

It comes back only to whoever sent it from a page of ours, by the token that every form has: neither a session nor a user
can be asked for. The form keeps its key, so that what was saved in the last moment is not saved again.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes
from django_htmx.middleware import HtmxDetails

from .once import NAME, key_for, repeatable

logger = logging.getLogger(__name__)
SAYS: Final = "Not saved: the database does not answer. Keep this page open; it tries again by itself."
RETRY_AFTER: Final = 5  # seconds


def unanswered(request: HttpRequest, request_id: str = "") -> HttpResponse:
    """`request_id`: the name of its line in the log."""
    logger.error("%s %s was not answered: the database does not answer", request.method, request.path)
    if HtmxDetails(request):
        response = HttpResponse(SAYS, content_type="text/plain; charset=utf-8")
    else:
        # No request, so that no context processor asks who is signed in.
        response = HttpResponse(render_to_string("accounts/unanswered.html", _context(request, request_id)))
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response


def _context(request: HttpRequest, request_id: str) -> dict[str, Any]:
    is_sent = request.method == "POST"
    is_ours = is_sent and _is_from_our_form(request)
    context = {
        "path": escape_leading_slashes(request.get_full_path()),
        "is_sent": is_sent,
        "is_ours": is_ours,
        "request_id": request_id,
    }
    if not is_ours:
        return context
    return {
        **context,
        "csrf_token": get_token(request),
        "posted": repeatable(request),
        "key_name": NAME,
        "key": key_for(request),
    }


class _FormCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:  # noqa: ARG002 - as Django calls it
        """Django's page of it asks who is signed in."""
        return reason


def _is_from_our_form(request: HttpRequest) -> bool:
    """Django's check of forms, which may not have been reached: it needs the cookie and no database."""
    check = _FormCheck(lambda _: HttpResponse())
    return check.process_view(request, unanswered, (), {}) is None
