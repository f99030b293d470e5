"""The recovery codes with which a person proves that it is them."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from .models import User


def has_recovery_codes(user: User, *, before: datetime) -> bool:
    found = _codes(user, before)
    return found is not None and bool(found.get_unused_codes())


def is_recovery_code(user: User, code: str, *, before: datetime) -> bool:
    """Without using it up."""
    found = _codes(user, before)
    asked = _bare(code)
    return found is not None and any(compare_digest(asked, one) for one in found.get_unused_codes())


def use_recovery_code(user: User, code: str, *, before: datetime) -> bool:
    """Whether it is one, and uses it up. Codes made since `before` prove nothing: whoever got in meanwhile made them."""
    found = _codes(user, before)
    return found is not None and found.validate_code(_bare(code))


def _bare(code: str) -> str:
    """ASCII only, as they can be compared."""
    return "".join(letter for letter in code if letter.isascii() and letter.isalnum())


def _codes(user: User, before: datetime) -> RecoveryCodes | None:
    made = Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES, created_at__lt=before
    ).first()
    return RecoveryCodes(made) if made else None
