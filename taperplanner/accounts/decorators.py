"""`@requires(…)`: the permission a view asks for, readable from the URLconf. `@with_user`: the person
of the address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from .http import ClinicRequest
from .models import User
from .permissions import Permission

P = ParamSpec("P")
# A view as the URLconf calls it: what the address names comes by keyword.
Addressed = Callable[..., HttpResponse]


def requires(permission: Permission) -> Callable[[Addressed], Addressed]:
    """Refuse whoever may not, before anything is looked up."""

    def decorate(view: Addressed) -> Addressed:
        @wraps(view)
        def guarded(request: ClinicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        wrapped: Any = guarded
        wrapped.permission = permission
        return guarded

    return decorate


def with_user(
    view: Callable[Concatenate[ClinicRequest, User, P], HttpResponse],
) -> Addressed:
    """Pass the user in place of their id; another clinic's is as absent as an invented one."""

    @wraps(view)
    def found(request: ClinicRequest, user_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        user: User = get_object_or_404(request.clinic.users, pk=user_id)
        user.clinic = request.clinic
        return view(request, user, *args, **kwargs)

    return found
