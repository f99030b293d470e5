"""No request works for longer than it may: after its time it asks the database nothing more, and is undone whole.

What hangs in the database is ended there (`time_outs.py`), and a paper by who sets it.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from http import HTTPStatus
from math import inf
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from taperplanner.accounts.once import NAME, key_for, repeatable

from .request_line import current_id

logger = logging.getLogger(__name__)
ENDED: Final = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable)
RETRY_AFTER: Final = 5
UNDOES: Final = "ROLLBACK"
READS: Final = frozenset({"GET", "HEAD"})
SAYS: Final = "Not saved: the server is too busy. Keep this page open; it tries again by itself."


class TooLong(Exception):
    """The request's time was over before its work was."""


class Deadline:
    """For `connection.execute_wrapper`. What has been committed is answered as such, however long the answer takes."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._is_watching = self.has_committed = False

    def __call__(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if time.monotonic() > self._until and not self.has_committed and not sql.startswith(UNDOES):
            raise TooLong
        if connection.in_atomic_block and not self._is_watching:
            self._is_watching = True
            transaction.on_commit(self._committed)
        return execute(sql, *given)

    def lift(self) -> None:
        self._until = inf

    def _committed(self) -> None:
        self.has_committed = True


class DeadlineMiddleware:
    """Inside of every other, so that what is done around a view for each request is not given up half-way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        deadline = Deadline(settings.REQUEST_SECONDS)
        request.deadline = deadline  # type: ignore[attr-defined]
        with connection.execute_wrapper(deadline):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """After a commit the page of an error of ours follows, which does not say that nothing was saved."""
        deadline: Deadline = request.deadline  # type: ignore[attr-defined]
        if not is_too_slow(error) or deadline.has_committed:
            return None
        logger.warning("a request was given up: it took too long")
        deadline.lift()  # the page that says so asks who is signed in
        return too_slow(request)


def is_too_slow(error: BaseException | None) -> bool:
    """The request's own time, a statement's or a lock's; on SQLite, the wait for who writes."""
    while error is not None:
        is_busy = isinstance(error, sqlite3.OperationalError) and (
            getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        )
        if is_busy or isinstance(error, (TooLong, *ENDED)):
            return True
        error = error.__cause__ or error.__context__
    return False


def too_slow(request: HttpRequest) -> HttpResponse:
    status, headers = HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(RETRY_AFTER)}
    if HtmxDetails(request):
        return HttpResponse(SAYS, "text/plain; charset=utf-8", status=status, headers=headers)
    context = {
        "request_id": current_id.get(),
        "path": request.get_full_path(),
        "is_sent": request.method not in READS,
        "posted": repeatable(request),
        "key_name": NAME,
        "key": key_for(request),
    }
    response = render(request, "serving/too_slow.html", context, status=status)
    response["Retry-After"] = str(RETRY_AFTER)
    return response
