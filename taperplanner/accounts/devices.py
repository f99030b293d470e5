"""A device on which somebody has signed in before: a signed cookie, which is no sign-in, and spares them from what
others do to their account's count of failed attempts.

It holds the device's own random name, and of each person who has signed in there a digest of their address, so that a
shared computer is known for everybody who works at it and the cookie says nothing of whom.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from taperplanner.text import decomposed

LASTS: Final = timedelta(days=400)  # browsers keep none for longer
MOST_PEOPLE: Final = 30  # a cookie may have 4,096 bytes
_SALT: Final = "taperplanner.accounts.devices"


def folded(email: str) -> str:
    """One spelling of an address, however its letters are typed."""
    return decomposed(email.strip()).casefold()


def device_of(request: HttpRequest, email: str) -> str:
    """The device and person, if this device has signed in before as the person with that address."""
    device, people = _read(request)
    person = _person(email)
    return f"{device}:{person}" if person in people else ""


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """After the last step of signing in, never before."""
    device, people = _read(request)
    person = _person(email)
    people = [person, *(other for other in people if other != person)][:MOST_PEOPLE]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([device or secrets.token_urlsafe(16), people], salt=_SALT),
        max_age=LASTS,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, people = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_SALT, max_age=LASTS
        )
    except signing.BadSignature:
        return "", []
    return device, people


def _person(email: str) -> str:
    return salted_hmac(_SALT, folded(email), algorithm="sha256").hexdigest()[:24]
