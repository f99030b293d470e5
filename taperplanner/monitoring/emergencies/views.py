"""An emergency: what was done is recorded, and a provider closes it."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit

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
    answer = partial(actions.answer_emergency, emergency=emergency, **request.stamp)
    if submit(request, form, lambda: answer(done=form.cleaned_data["done"])).is_done:
        return saved(request, "What was done was recorded.", emergency)
    return _page(request, emergency, "monitoring/emergency_answer.html", form)


@require_http_methods(["GET", "POST"])
@requires(Permission.CLOSE_EMERGENCY)
@taken_once
@with_emergency
def emergency_close(request: ClinicRequest, emergency: Emergency) -> HttpResponse:
    form = CloseForm(bound_data(request))
    close = partial(actions.close_emergency, emergency=emergency, **request.stamp)
    if submit(request, form, lambda: close(note=form.cleaned_data["note"])).is_done:
        return saved(request, "The emergency was closed.", emergency)
    return _page(request, emergency, "monitoring/emergency_close.html", form)


def _page(
    request: ClinicRequest, emergency: Emergency, template: str, form: AnswerForm | CloseForm
) -> HttpResponse:
    plan = emergency.of_plan
    context = emergency_context(emergency, request.today)
    context |= {"plan": plan, "check_in": emergency.recorded_in, "form": form}
    return patient_page(request, plan.patient, template, context)
