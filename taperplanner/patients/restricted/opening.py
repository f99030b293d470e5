"""Whether a page of a patient may be opened: by the rule, or for a time in an emergency; and the page that says no.

An emergency access belongs to the session in which its reason was typed, so it is over at every sign-out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from taperplanner.accounts.decorators import Addressed
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import NAME, repeatable
from taperplanner.audit.log import every_event_says
from taperplanner.saving import note_refusal

from ..models import EmergencyAccess, Patient
from .forms import EmergencyForm, kept_in
from .rule import is_open_to

IN_SESSION: Final = "emergency_access"
CLOSED: Final = "restricted"
RESTRICTED: Final = "This record is restricted, and not open to you."
NOT_SAVED: Final = (
    "Not saved: this record was restricted while you worked, and is not open to you. Copy what you need before you"
    " leave this page."
)


def opened(request: ClinicRequest, patient: Patient, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, if the record is open to who asks; else what says that it is restricted."""
    if is_open_to(patient, request.user):
        return page()
    access = access_in(request, patient)
    if access is None:
        return refusal(request, patient)
    request.emergency_access = access
    with every_event_says(emergency_access=access.pk.hex):
        return page()


def unless_closed(view: Addressed) -> Addressed:
    """Above a look-up by more than the patient: of a closed record nobody learns which plans and versions it has."""

    @wraps(view)
    def found(request: ClinicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            patient = request.clinic.patients.restricted().filter(pk=kwargs["patient_id"]).first()
            if patient is None or is_open_to(patient, request.user) or access_in(request, patient):
                raise
            return refusal(request, patient)

    return found


def access_in(request: ClinicRequest, patient: Patient) -> EmergencyAccess | None:
    """The one of this session that still lasts."""
    pk = request.session.get(IN_SESSION, {}).get(patient.pk.hex)
    if pk is None:
        return None
    begun = patient.emergency_accesses.filter(pk=UUID(hex=pk), begun_by=request.user)
    return begun.open_at(request.now).first()


def begun(request: ClinicRequest, form: EmergencyForm, access: EmergencyAccess) -> HttpResponse:
    """On to the page that was asked for; or, where something had been sent to it, to that, which is not saved unasked."""
    held = request.session.get(IN_SESSION, {})
    request.session[IN_SESSION] = {**held, access.patient_id.hex: access.pk.hex}
    address = form.address(access.patient)
    if not form.typed:
        return redirect(address)
    request.emergency_access = access
    context = {"path": address, "posted": form.typed, "key_name": NAME, "key": uuid4().hex}
    return render(request, "patients/emergency_access_begun.html", context)


def refusal(request: ClinicRequest, patient: Patient) -> HttpResponse:
    """Nothing of the patient, and nothing lost of what was typed."""
    note_refusal(request, CLOSED)
    if request.htmx:
        text = NOT_SAVED if request.method == "POST" else RESTRICTED
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=HTTPStatus.FORBIDDEN)
    sent = repeatable(request) if request.method == "POST" else []
    asked = request.get_full_path()
    return refusal_page(request, patient, EmergencyForm(initial=kept_in(asked, sent)), HTTPStatus.FORBIDDEN)


def refusal_page(
    request: ClinicRequest, patient: Patient, form: EmergencyForm, status: HTTPStatus
) -> HttpResponse:
    context = {"patient_id": patient.pk, "form": form, "typed": form.typed}
    return render(request, "patients/emergency_access.html", context, status=status)
