"""Passwords are hashed a few at a time: each hash takes 100 MB and every core.

Whoever comes while these are taken waits shortly, and is then told to try again, so that many sign-ins at once hold
up nobody who is at work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

AT_ONCE: Final = 2
IN_LINE: Final = (
    8  # those at work and those who wait: fewer than a server has threads, or nobody else is answered
)
WAITS: Final = 3.0  # seconds
RETRY_AFTER: Final = 5  # seconds
BUSY: Final = "Many people are signing in just now. Wait a few seconds, then enter your password again."

_line: Final = BoundedSemaphore(IN_LINE)
_work: Final = BoundedSemaphore(AT_ONCE)
_was_refused: Final[ContextVar[bool]] = ContextVar("_was_refused", default=False)


class Busy(ValidationError):
    """The sentence for a form; outside of one, the middleware shows it."""

    def __init__(self) -> None:
        _was_refused.set(True)
        super().__init__(BUSY, code="busy")


@contextmanager
def turn() -> Iterator[None]:
    """Raises: Busy."""
    if not _line.acquire(blocking=False):
        raise Busy
    try:
        if not _work.acquire(timeout=WAITS):
            raise Busy
        try:
            yield
        finally:
            _work.release()
    finally:
        _line.release()


def refuse_if_full() -> None:
    """Before anything is written for an attempt that could not be made. Raises: Busy."""
    if not _line.acquire(blocking=False):
        raise Busy
    _line.release()


class BoundedArgon2(Argon2PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        with turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with turn():
            return super().verify(password, encoded)


class BusyMiddleware:
    """The page with the sentence in it says by its status that it may be tried again, and when."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _was_refused.set(False)
        try:
            response = self.get_response(request)
            if _was_refused.get():
                response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
                response["Retry-After"] = str(RETRY_AFTER)
            return response
        finally:
            _was_refused.reset(token)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return render(request, "accounts/busy.html") if isinstance(error, Busy) else None
