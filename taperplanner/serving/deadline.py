"""No request works for longer than it may: after its time it asks the database nothing more, and is undone whole.

What hangs in the database is ended there (`time_outs.py`), and a paper by who sets it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse

UNDOES: Final = "ROLLBACK"


class TooLong(OperationalError):
    """The request's time was over before its work was: answered as where the database does not answer."""


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


def has_committed(request: HttpRequest) -> bool:
    """Whether something of this request is saved."""
    deadline: Deadline | None = getattr(request, "deadline", None)
    return deadline is not None and deadline.has_committed
