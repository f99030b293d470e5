"""From the patient of the address to one of their stays, or to the end of one; from a plan to what waits for a provider."""

from __future__ import annotations

from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from taperplanner.accounts.decorators import Addressed, FromRow, ViewOf, row_of
from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.decorators import with_patient
from taperplanner.patients.models import Patient

from .models import Stay, StayEnd

NO_LONGER: Final = "This stay has ended, or was changed meanwhile."


def _stay(named: str) -> FromRow[Stay, Patient]:
    return row_of(lambda patient: patient.stays.select_related("error"), named=named, parent="patient")


def with_stay(view: ViewOf[Stay]) -> Addressed:
    return with_patient(_stay("stay_number")(view))


def with_end(view: ViewOf[StayEnd]) -> Addressed:
    """The last end of the stay, also one that was entered in error; without any, 404."""

    @wraps(view)
    def found(request: ClinicRequest, stay: Stay, /, *args: Any, **kwargs: Any) -> HttpResponse:
        end = stay.ends.select_related("error").newest_first().first()
        if end is None:
            raise Http404
        end.stay = stay
        return view(request, end, *args, **kwargs)

    return with_patient(_stay("ended_stay_number")(found))


def unless_ended(view: ViewOf[Stay]) -> ViewOf[Stay]:
    """Do not open a form that could not be saved. What was typed goes on to the action, whose refusal the page shows."""

    @wraps(view)
    def opened(request: ClinicRequest, stay: Stay, /, *args: Any, **kwargs: Any) -> HttpResponse:
        is_open = stay.patient.stays.open().filter(pk=stay.pk).exists()
        if request.method != "POST" and (not is_open or stay.patient.archived_at):
            messages.error(request, NO_LONGER)
            return redirect(stay)
        return view(request, stay, *args, **kwargs)

    return opened
