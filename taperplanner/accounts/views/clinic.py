"""The clinic's settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from taperplanner.saving import Attempt, bound_data

from .. import actions
from ..decorators import requires
from ..forms import ClinicForm
from ..http import ClinicRequest
from ..permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
def clinic(request: ClinicRequest) -> HttpResponse:
    form = ClinicForm(bound_data(request), initial=ClinicForm.values_of(request.clinic))
    attempt = Attempt(request, form, request.clinic, ClinicForm.values_of)
    if form.is_valid():
        with attempt:
            actions.edit_clinic(
                clinic=request.clinic,
                revision=attempt.revision,
                **form.cleaned_data,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The clinic's settings are saved.")
            return redirect("accounts:clinic")
    return render(request, "accounts/clinic.html", attempt.context, status=attempt.status)
