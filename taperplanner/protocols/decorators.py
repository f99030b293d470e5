"""`@with_protocol`: the note of the address, if it is the asker's clinic's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest

from .models import Protocol

P = ParamSpec("P")


def with_protocol(view: Callable[Concatenate[ClinicRequest, Protocol, P], HttpResponse]) -> Addressed:
    """Pass the note in place of its id; another clinic's is as absent as an invented one."""

    @wraps(view)
    def found(request: ClinicRequest, protocol_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        protocol: Protocol = get_object_or_404(request.clinic.protocols, pk=protocol_id)
        return view(request, protocol, *args, **kwargs)

    return found
