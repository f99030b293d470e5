"""Who a session belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend

from taperplanner.places import Registry

from .models import User, UserQuerySet

# What rooms above read with the user of each request, so that its page asks nothing more for it.
read_with_user: Final[Registry[Callable[[UserQuerySet], UserQuerySet]]] = Registry()


class WithClinic(AuthenticationBackend):  # type: ignore[misc]
    """The user of a session with their clinic, which every request asks for, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        users = User.objects.select_related("clinic")
        for read in read_with_user:
            users = read(users)
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
