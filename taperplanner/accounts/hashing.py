"""Passwords are hashed a few at a time, and behind everything else: each hash takes 100 MB and every core.

Whoever comes while these are taken waits shortly, and is then told to try again, so that many sign-ins at once hold
up nobody who is at work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Final, TypeVar

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
NICENESS: Final = 15  # of 19: about a thirtieth of a page's share of a core
BUSY: Final = "Many people are signing in just now. Wait a few seconds, then enter your password again."

T = TypeVar("T")

_line: Final = BoundedSemaphore(IN_LINE)
_work: Final = BoundedSemaphore(AT_ONCE)
_was_refused: Final[ContextVar[bool]] = ContextVar("_was_refused", default=False)
_has_place: Final[ContextVar[bool]] = ContextVar("_has_place", default=False)


class Busy(ValidationError):
    """The sentence for a form; outside of one, the middleware shows it."""

    def __init__(self) -> None:
        _was_refused.set(True)
        super().__init__(BUSY, code="busy")


@contextmanager
def turn() -> Iterator[None]:
    """Raises: Busy."""
    had_place = _has_place.get()
    if not had_place:
        take_place()
    try:
        if not _work.acquire(timeout=WAITS):
            raise Busy
        try:
            yield
        finally:
            _work.release()
    finally:
        if not had_place:
            give_place_back()


def take_place() -> None:
    """In the line, for a request until it is answered: whoever signs in holds a thread before and after the hash.

    Raises: Busy, before anything is written for an attempt that could not be made.
    """
    if _has_place.get():
        return
    if not _line.acquire(blocking=False):
        raise Busy
    _has_place.set(True)


def give_place_back() -> None:
    if _has_place.get():
        _has_place.set(False)
        _line.release()


def behind_the_pages(work: Callable[[], T]) -> T:
    """Done in a thread, and the threads which that begins, that have a core only when nobody else wants it."""
    with ThreadPoolExecutor(1, initializer=_give_way) as thread:
        return thread.submit(work).result()


def _give_way() -> None:
    """On Linux a priority is a thread's. Where it may not be lowered, it is as it was."""
    if sys.platform == "linux":
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, NICENESS)


class BoundedArgon2(Argon2PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        with turn():
            return behind_the_pages(lambda: Argon2PasswordHasher.encode(self, password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with turn():
            return behind_the_pages(lambda: Argon2PasswordHasher.verify(self, password, encoded))


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
            give_place_back()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return render(request, "accounts/busy.html") if isinstance(error, Busy) else None
