"""The one-time link with which a person sets their own password."""

from __future__ import annotations

from datetime import UTC

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import timezone

from .models import User
from .signing_rights import may_use_link


class LinkTokens(PasswordResetTokenGenerator):
    """What allauth makes and checks a link's token with (settings name it).

    Django's token ends when the password, the last sign-in or the e-mail address changes, and after
    PASSWORD_RESET_TIMEOUT. Here it also ends with a newer link, with the person's access, and with the reset that
    it was made for.
    """

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        assert isinstance(user, User)  # noqa: S101 - there is no other user model
        made = user.password_link_at.astimezone(UTC).isoformat() if user.password_link_at else ""
        return f"{super()._make_hash_value(user, timestamp)}{made}"

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        # Without an outstanding link, or without access, no token is valid.
        if not isinstance(user, User) or user.password_link_at is None or not user.is_active:
            return False
        return super().check_token(user, token) and may_use_link(user, timezone.now())


def password_link_path(user: User) -> str:
    """The path of the person's newest link. Whoever has it can set the password: never log it."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": LinkTokens().make_token(user)},
    )
