"""The clinic's settings."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from taperplanner.saving import bound_data, saved, submit

from .. import actions
from ..decorators import requires
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
