"""How often somebody may try a password, so that nobody can guess one and nobody can lock somebody else out.

Each failed attempt is counted by allauth, in the cache that every process shares (`limits.py`):
* from a device that has signed in before as this person (`devices.py`): of that device and person alone;
* of somebody who is signed in and confirms who they are: of that person's confirmations alone;
* from anywhere else: of the address that was typed, whether or not anybody has it; of the network address; of the site.
"""

from __future__ import annotations

import math
import time
from contextlib import ExitStack
from typing import Final

# What allauth's own adapter takes: only this one can take an attempt back.
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from .devices import device_of, folded

APP: Final = "taperplanner.accounts"
FROM_DEVICE: Final = "sign_in_from_device"
CONFIRMING: Final = "confirming"
OF_ACCOUNT: Final = "sign_in_of_account"
FROM_ADDRESS: Final = "sign_in_from_address"
OF_SITE: Final = "sign_in_of_site"
FAILED_ATTEMPTS: Final = {
    FROM_DEVICE: "5/5m/key",
    CONFIRMING: "5/5m/key",
    OF_ACCOUNT: "5/5m/key",
    FROM_ADDRESS: "30/5m/ip",
    OF_SITE: "300/5m/key",
}
TOO_MANY: Final = "Too many failed attempts. Try again in"
ELSEWHERE: Final = (
    "Until then it works on a computer or phone on which you have signed in before, with the same browser."
)


class Attempt:
    """One attempt, counted as failed until it is taken back."""

    def __init__(self) -> None:
        self._counted = ExitStack()

    def count(self, request: HttpRequest, action: str, key: str) -> None:
        """Raises: ValidationError, with when to try again."""
        usage = ratelimit.consume(request, app=APP, action=action, config=FAILED_ATTEMPTS, key=key)
        if not usage:
            # An attempt that one limit refuses uses up none of the others.
            self.rollback()
            raise ValidationError(_refusal(request, action, key), code="too_many_attempts")
        self._counted.callback(usage.rollback)

    def rollback(self) -> None:
        self._counted.close()


def begin_attempt(request: HttpRequest, email: str) -> Attempt:
    """Count an attempt before the password is looked at, so that many at once are no more than one by one.

    Raises: ValidationError.
    """
    attempt = Attempt()
    if request.user.is_authenticated:
        attempt.count(request, CONFIRMING, str(request.user.pk))
    elif device := device_of(request, email):
        attempt.count(request, FROM_DEVICE, device)
    else:
        attempt.count(request, OF_ACCOUNT, folded(email))
        attempt.count(request, FROM_ADDRESS, "")
        attempt.count(request, OF_SITE, "")
    return attempt


def _refusal(request: HttpRequest, action: str, key: str) -> str:
    (rate,) = ratelimit.get_rates(app=APP, action=action, config=FAILED_ATTEMPTS)
    counted = cache.get(
        ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [time.time()]
    )
    minutes = max(1, math.ceil((counted[-1] + rate.duration - time.time()) / 60))
    when = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"{TOO_MANY} {when}." + ("" if action in {FROM_DEVICE, CONFIRMING} else f" {ELSEWHERE}")
