"""One line in the log for each request: who, what page and how long, and nothing of a patient."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any, Final, TypedDict
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)
HEADER: Final = "X-Request-ID"
current_id: Final = ContextVar("current_id", default="")


class Line(TypedDict):
    """`view`: the address's name, never the address, whose ids name a patient."""

    request: str
    method: str
    view: str
    status: int
    milliseconds: int
    queries: int
    user: str
    clinic: str


class RequestLineMiddleware:
    """Outside of every other: what it measures is what the browser waited for, but for the way there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        queries, began = _Counter(), time.monotonic()
        name = uuid4().hex[:12]
        token = current_id.set(name)
        try:
            with connection.execute_wrapper(queries):
                response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                response[HEADER] = name
            took = round((time.monotonic() - began) * 1000)
            _write(_line(request, response, name, took, queries.count))
            return response
        finally:
            current_id.reset(token)


class _Counter:
    count = 0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        self.count += 1
        return execute(*given)


def _line(request: HttpRequest, response: HttpResponse, name: str, took: int, queries: int) -> Line:
    match = request.resolver_match
    # Set by ClinicMiddleware. `request.user` would ask the database here, which may be away.
    clinic, stamp = getattr(request, "clinic", None), getattr(request, "stamp", None)
    return {
        "request": name,
        "method": request.method or "",
        "view": match.view_name if match else "",
        "status": response.status_code,
        "milliseconds": took,
        "queries": queries,
        "user": str(stamp["by"].pk) if stamp else "",
        "clinic": str(clinic.pk) if clinic else "",
    }


def _write(line: Line) -> None:
    what, level = "request", logging.INFO
    if line["milliseconds"] >= settings.SLOW_REQUEST_MILLISECONDS:
        what, level = "slow request", logging.WARNING
    if line["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
        level = logging.WARNING
    said = " ".join(f"{name}={value}" for name, value in line.items() if name != "request" and value != "")
    logger.log(level, "%s %s %s", what, line["request"], said, extra={"line": line, "what": what})
