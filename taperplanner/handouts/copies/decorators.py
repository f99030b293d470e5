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
from taperplanner.guidance.patient_texts import Language
from taperplanner.patients.page import patient_page
from taperplanner.tapers.decorators import with_version
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed import load

from ..models import PrintedHandout
from ..paper.texts import texts_of
from ..printing.from_version import agreeing_check
from ..printing.may_print import what_is_missing
from ..printing.reviewed import texts_that_stop_printing

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
    """Below `@with_version` or `@with_copy`: nothing is shown as a paper while something stops it, be it who
    the patient is, the clinic's phones, a second person's check or the review of the texts. Raises: Tampered."""

    @wraps(view)
    def checked(
        request: ClinicRequest, paper: Version | PrintedHandout, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        version = paper if isinstance(paper, Version) else paper.version
        content, patient = load(version), version.plan.patient
        language = Language.ENGLISH if isinstance(paper, Version) else paper.choice.language
        texts = texts_of(content.schedule, language)
        context: dict[str, Any] = {"plan": version.plan, "version": version}
        if missing := what_is_missing(content, patient, request.clinic):
            template, context["missing"] = "handouts/not_ready.html", missing
        elif request.clinic.requires_check and agreeing_check(version) is None:
            template = "handouts/unchecked.html"
        elif awaiting := texts_that_stop_printing(request.clinic, texts, today=request.today):
            template, context["awaiting"] = "handouts/unreviewed.html", awaiting
        else:
            return view(request, paper, *args, **kwargs)
        return patient_page(request, patient, template, context, status=HTTPStatus.CONFLICT)

    return checked
