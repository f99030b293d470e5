"""Pages of a stay: all of them, a new one, what is known of it put right, its end, and what a provider decides then."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.monitoring.in_error.about import STAYS
from taperplanner.monitoring.in_error.forms import InErrorForm
from taperplanner.patients.decorators import unless_archived, with_patient
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from . import actions
from .after import waiting_for
from .decorators import unless_ended, with_end, with_stay
from .forms import EndForm, GoesOnForm, StayForm
from .lines import error_in_words, stays_page
from .models import Stay, StayEnd

BEGUN: Final = (
    "The stay was recorded. It stands on every page of the patient and on the worklist until they have left."
)
CORRECTED: Final = "What is known of the stay was recorded anew. The earlier record stays readable."
ENDED: Final = "It was recorded that the patient has left. Each plan now waits for a provider; nothing goes on by itself."
GOES_ON: Final = "The decision was recorded: the schedule of plan {number} goes on as signed."
NOTHING_WAITS: Final = "No decision after a stay waits for this plan."
MARKED: Final = "It was marked as entered in error, and stays readable."


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def stays(request: ClinicRequest, patient: Patient) -> HttpResponse:
    page = stays_page(request, patient)
    is_away = any(line.is_open for line in page.object_list)
    return patient_page(request, patient, "stays/stays.html", {"page": page, "is_away": is_away})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
def stay_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = StayForm(bound_data(request), today=request.today)
    begin = partial(actions.begin_stay, patient=patient, **request.stamp)
    if submit(request, form, lambda: begin(details=form.details, far_reason=form.far_reason)).is_done:
        return saved(request, BEGUN, patient)
    return patient_page(request, patient, "stays/stay_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_stay
@unless_ended
def stay_correct(request: ClinicRequest, stay: Stay) -> HttpResponse:
    form = StayForm(bound_data(request), initial=StayForm.values_of(stay), today=request.today)
    correct = partial(actions.correct_stay, stay=stay, **request.stamp)
    if submit(request, form, lambda: correct(details=form.details, far_reason=form.far_reason)).is_done:
        return saved(request, CORRECTED, stay)
    return patient_page(request, stay.patient, "stays/stay_correct.html", {"form": form, "stay": stay})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_stay
@unless_ended
def stay_end(request: ClinicRequest, stay: Stay) -> HttpResponse:
    form = EndForm(bound_data(request), today=request.today, stay=stay)
    end = partial(actions.end_stay, stay=stay, **request.stamp)
    do = lambda: end(details=form.details, far_reason=form.far_reason)  # noqa: E731
    if submit(request, form, do, refused_at="ended_on").is_done:
        return saved(request, ENDED, stay)
    return patient_page(request, stay.patient, "stays/stay_end.html", {"form": form, "stay": stay})


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_PLAN)
@taken_once
@with_plan
def after_stay(request: ClinicRequest, plan: Plan) -> HttpResponse:
    """What a provider decides of a plan whose patient has left a facility."""
    waits = waiting_for(plan, request.today)
    if waits is None and request.method != "POST":
        messages.info(request, NOTHING_WAITS)
        return redirect(plan)
    form = GoesOnForm(bound_data(request))
    go_on = partial(actions.go_on_as_signed, plan=plan, end=waits.end if waits else None, **request.stamp)
    if submit(request, form, lambda: go_on(reason=form.cleaned_data["reason"])).is_done:
        return saved(request, GOES_ON.format(number=plan.number), plan)
    return patient_page(
        request, plan.patient, "stays/after_stay.html", {"form": form, "plan": plan, "waits": waits}
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_PLAN)
@taken_once
@with_stay
def stay_in_error(request: ClinicRequest, stay: Stay) -> HttpResponse:
    form = InErrorForm(bound_data(request))
    mark = partial(actions.mark_stay_in_error, stay=stay, **request.stamp)
    if submit(request, form, lambda: mark(reason=form.cleaned_data["reason"])).is_done:
        return saved(request, MARKED, stay)
    context = {"form": form, "stay": stay, "error": error_in_words(stay), "stays": STAYS}
    return patient_page(request, stay.patient, "stays/stay_in_error.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_PLAN)
@taken_once
@with_end
def end_in_error(request: ClinicRequest, end: StayEnd) -> HttpResponse:
    form = InErrorForm(bound_data(request))
    mark = partial(actions.mark_end_in_error, end=end, **request.stamp)
    if submit(request, form, lambda: mark(reason=form.cleaned_data["reason"])).is_done:
        return saved(request, MARKED, end.stay)
    context = {"form": form, "stay": end.stay, "end": end, "error": error_in_words(end), "stays": STAYS}
    return patient_page(request, end.stay.patient, "stays/end_in_error.html", context)
