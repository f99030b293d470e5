"""What somebody shows to confirm one thing, once: what is bound to it, and how long it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from taperplanner.saving import Refused

from .models import Method

HOLDS_FOR: Final = timedelta(minutes=5)
EXPIRED: Final = "More than five minutes passed since you confirmed this. Confirm it again."
USED: Final = "This confirmation was already used. Confirm again."
OF_SOMETHING_ELSE: Final = "What you confirmed was changed afterwards, so nothing was signed. Read what stands here now, and confirm again."
OF_SOMEBODY_ELSE: Final = "Somebody else gave this confirmation. Confirm it yourself."
NOT_ENOUGH: Final = "This takes a passkey or a code from your app, beside the password."
NOT_READ: Final = "The passkey could not be checked, so nothing was signed. Try again."


class NotConfirmed(Refused):
    """The message says why, for the page."""


@dataclass(frozen=True, slots=True)
class Proof:
    """`confirmed`: a digest of what was before this user when they gave it. `shown`: a digest of what they gave."""

    user_id: UUID
    method: Method
    confirmed: str
    shown: str
    at: datetime


def digest_of(*parts: Any) -> str:
    """Of plain data, the same on every database."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()
