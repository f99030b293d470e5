"""What every template may ask: which permissions the user has."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .permissions import Permission


def permissions(request: HttpRequest) -> dict[str, Any]:
    """`may.sign_plan` and its like, of each permission there is: a template cannot ask about another."""
    user = getattr(request, "user", None)
    given = user.permissions if user is not None and user.is_authenticated else frozenset()
    return {"may": {permission.value: permission in given for permission in Permission}}
