"""Who has a second factor, and who must have one."""

from __future__ import annotations

from typing import Final

from allauth.mfa.models import Authenticator

from .models import User
from .permissions import Permission

# Recovery codes are none: they let somebody in who lost theirs, and sign nothing.
APP: Final = Authenticator.Type.TOTP
PASSKEY: Final = Authenticator.Type.WEBAUTHN
_ASKED_OF: Final = frozenset({Permission.SIGN_PLAN, Permission.CHECK_VERSION, Permission.MANAGE_CLINIC})


def factors_of(user: User) -> frozenset[str]:
    held = Authenticator.objects.filter(user=user, type__in=(APP, PASSKEY))
    return frozenset(held.values_list("type", flat=True))


def must_have_one(user: User) -> bool:
    """Whoever signs, checks or manages, at a clinic that requires it."""
    return user.clinic.requires_second_factor and bool(user.permissions & _ASKED_OF)


def lacks_one(user: User) -> bool:
    return must_have_one(user) and not factors_of(user)
