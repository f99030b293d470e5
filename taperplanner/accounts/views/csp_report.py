"""Where a browser says what a page was not allowed to do."""

from __future__ import annotations

import json
import logging
import re
from http import HTTPStatus
from typing import Any, Final

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger(__name__)
LONGEST: Final = 8192
_WORD: Final = re.compile(r"[a-z][a-z-]{0,40}")
_HOST: Final = re.compile(r"[\w.:\[\]-]{1,100}")


@csrf_exempt  # the browser sends it by itself, without a form; it changes nothing but the server's log
@require_POST
@login_not_required
def csp_report(request: HttpRequest) -> HttpResponse:
    """One line for the log: the directive and the origin, never an address, which may name a patient."""
    if not ratelimit.consume(request, action="csp_report"):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    body = request.read(LONGEST + 1)
    if len(body) > LONGEST:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    for directive, blocked in _told(body)[:1]:
        logger.warning("a page was not allowed: %s of %s", directive, blocked)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _told(body: bytes) -> list[tuple[str, str]]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return []
    bodies = [one.get("csp-report", one.get("body")) for one in _objects(sent)]
    return [
        (
            _directive(report.get("effective-directive", report.get("effectiveDirective"))),
            _origin(report.get("blocked-uri", report.get("blockedURL"))),
        )
        for report in _objects(bodies)
    ]


def _objects(sent: Any) -> list[dict[str, Any]]:
    return [one for one in (sent if isinstance(sent, list) else [sent]) if isinstance(one, dict)]


def _directive(said: Any) -> str:
    return said if isinstance(said, str) and _WORD.fullmatch(said) else "?"


def _origin(said: Any) -> str:
    if not isinstance(said, str):
        return "?"
    if _WORD.fullmatch(said):  # "inline", "eval", "data"
        return said
    scheme, _, rest = said.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return f"{scheme}://{host}" if _WORD.fullmatch(scheme) and _HOST.fullmatch(host) else "?"
