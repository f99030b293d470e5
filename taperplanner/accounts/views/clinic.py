"""The clinic's settings, and to whom an emergency is raised that nobody opened."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from taperplanner.saving import bound_data, saved, submit

from .. import actions
from ..decorators import requires
from ..emergency_chain_form import EmergencyChainForm
from ..forms import ClinicForm
from ..http import ClinicRequest, edit_stamp
from ..permissions import Permission
from ..still_missing import missing_now


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
def clinic(request: ClinicRequest) -> HttpResponse:
    form = ClinicForm(bound_data(request), initial=ClinicForm.values_of(request.clinic))
    edit = partial(actions.edit_clinic, clinic=request.clinic, **edit_stamp(request))
    sent = submit(request, form, lambda: edit(details=form.details), row=request.clinic)
    if sent.is_done:
        return saved(request, "The clinic’s settings were saved.", "accounts:clinic")
    missing = missing_now(request.clinic, request.now, request.today)
    return render(request, "accounts/clinic.html", {**sent.context, "missing": missing}, status=sent.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
def emergency_chain(request: ClinicRequest) -> HttpResponse:
    clinic = request.clinic
    form = EmergencyChainForm(
        bound_data(request), clinic=clinic, initial=EmergencyChainForm.values_of(clinic)
    )
    change = partial(actions.set_emergency_chain, clinic=clinic, **edit_stamp(request))
    sent = submit(request, form, lambda: change(**form.chain), row=clinic, refused_at="minutes")
    if sent.is_done:
        return saved(request, "The clinic’s settings were saved.", "accounts:emergency_chain")
    return render(request, "accounts/emergency_chain.html", sent.context, status=sent.status)
