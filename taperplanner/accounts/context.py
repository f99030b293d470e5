"""What every template may ask: which permissions the user has."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def permissions(request: HttpRequest) -> dict[str, Any]:
    """`may.sign_plan` and its like. Absent means no."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"may": {}}
    return {"may": {permission.value: True for permission in user.permissions}}
