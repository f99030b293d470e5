"""An emergency: what was done is written down, and a provider closes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import Refused, bound_data

from ..models import Emergency
from . import actions
from .decorators import with_emergency
from .forms import AnswerForm, CloseForm
from .page import emergency_context


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_emergency
def emergency_answer(request: ClinicRequest, emergency: Emergency) -> HttpResponse:
    form = AnswerForm(bound_data(request))
    if form.is_valid():
        try:
            actions.answer_emergency(
                emergency=emergency, done=form.cleaned_data["done"], by=request.user, at=request.now
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "What was done is written down.")
            return redirect(emergency)
    return _page(request, emergency, "monitoring/emergency_answer.html", form)


@require_http_methods(["GET", "POST"])
@requires(Permission.CLOSE_EMERGENCY)
@taken_once
@with_emergency
def emergency_close(request: ClinicRequest, emergency: Emergency) -> HttpResponse:
    form = CloseForm(bound_data(request))
    if form.is_valid():
        try:
            actions.close_emergency(
                emergency=emergency, note=form.cleaned_data["note"], by=request.user, at=request.now
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The emergency is closed.")
            return redirect(emergency)
    return _page(request, emergency, "monitoring/emergency_close.html", form)


def _page(
    request: ClinicRequest, emergency: Emergency, template: str, form: AnswerForm | CloseForm
) -> HttpResponse:
    plan = emergency.of_plan
    context = {
        "plan": plan,
        "told_in": emergency.told_in,
        **emergency_context(emergency, request.today),
        "form": form,
    }
    return patient_page(request, plan.patient, template, context)
