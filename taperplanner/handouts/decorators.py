"""From the version of the address to one printed copy of it, and no further without a check."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.page import patient_page
from taperplanner.tapers.decorators import with_version
from taperplanner.tapers.models import Version

from .models import PrintedHandout
from .paper import agreeing_check

P = ParamSpec("P")


def with_copy(
    view: Callable[Concatenate[ClinicRequest, PrintedHandout, P], HttpResponse],
) -> Addressed:
    """Pass the copy, which knows its version, plan, patient and clinic."""

    @wraps(view)
    def found(
        request: ClinicRequest, version: Version, copy_number: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        copy = get_object_or_404(version.copies, number=copy_number)
        copy.version = version
        return view(request, copy, *args, **kwargs)

    return with_version(found)


def once_checked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below `@with_version` or `@with_copy`: where the clinic wants a second person's check, nothing
    is shown as a paper before it."""

    @wraps(view)
    def checked(
        request: ClinicRequest, paper: Version | PrintedHandout, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        version = paper if isinstance(paper, Version) else paper.version
        if request.clinic.requires_check and agreeing_check(version) is None:
            context = {"plan": version.plan, "version": version}
            status = HTTPStatus.CONFLICT
            return patient_page(
                request, version.plan.patient, "handouts/unchecked.html", context, status=status
            )
        return view(request, paper, *args, **kwargs)

    return checked
