"""Who helps at home: all of them, a new one, and that one is told nothing more."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import bound_data, saved, submit

from ..decorators import unless_archived, with_helper, with_patient
from ..models import HomeHelper, Patient
from ..page import patient_page
from . import actions
from .forms import HelperEndForm, HelperForm
from .listing import helpers_of

RECORDED: Final = "It is recorded who helps at home, and what they may be told."
ENDED: Final = "It is recorded that {} is told nothing any more. No new paper names them."


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def at_home(request: ClinicRequest, patient: Patient) -> HttpResponse:
    context = {"helpers": helpers_of(patient, zone=request.clinic.zone)}
    return patient_page(request, patient, "patients/at_home.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
def helper_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = HelperForm(bound_data(request), today=request.today)
    keep = partial(actions.record_helper, patient=patient, **request.stamp)
    sent = submit(request, form, lambda: keep(details=form.details), refused_at="is_on_paper")
    if sent.is_done:
        return saved(request, RECORDED, patient)
    return patient_page(request, patient, "patients/helper_add.html", sent.context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
@with_helper
def helper_end(request: ClinicRequest, helper: HomeHelper) -> HttpResponse:
    form = HelperEndForm(bound_data(request))
    end = partial(actions.end_helper, helper=helper, **request.stamp)
    if submit(request, form, lambda: end(**form.cleaned_data)).is_done:
        return saved(request, ENDED.format(helper.name), "patients:at_home", helper.patient_id)
    context = {"form": form, "helper": helper, "ended": getattr(helper, "end", None)}
    return patient_page(request, helper.patient, "patients/helper_end.html", context)
