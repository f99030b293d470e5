"""Who a session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class WithClinic(AuthenticationBackend):  # type: ignore[misc]
    """The user of a session with their clinic, which every request asks for, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("clinic").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
