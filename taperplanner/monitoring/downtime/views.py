"""Forms of down time: which are not typed in yet, and a hold that was asked for on one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.audit.log import record
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, press, saved, submit
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import FormRun, HoldRequest, NotEntered
from ..near import near_plan
from . import actions
from .decorators import with_hold_request, with_run
from .forms import CODE, CodeForm, HoldAnswerForm, HoldRequestForm
from .holds import hold_line, may_answer
from .page import closed_in, closed_plans_in, form_at, form_with, gaps_of, open_in, page_of, runs_of

ASKED = "The request was recorded. A provider sees it on the plan and on their list; no schedule has changed."
ANSWERED = "The answer was recorded."


@require_safe
@requires(Permission.RECORD_MONITORING)
def down_time(request: ClinicRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    found = form_with(request.clinic, request.user, form.cleaned_data["code"]) if form.is_valid() else None
    if found:
        _note_shown(request, [found.patient] if found.patient else [])
    context = {
        "form": form,
        "found": found,
        "gaps": gaps_of(request.clinic),
        "runs": runs_of(request.clinic, request.GET.get("page", "")),
    }
    return render(request, "monitoring/down_time.html", context)


@require_safe
@requires(Permission.RECORD_MONITORING)
@with_run
def down_time_run(request: ClinicRequest, run: FormRun) -> HttpResponse:
    page = page_of(open_in(run, request.user), request.GET.get("page", ""))
    _note_shown(request, [line.plan.patient for line in page if line.plan])
    context = {
        "run": run,
        "page": page,
        "closed": closed_in(run, request.user),
        "choices": NotEntered.choices,
    }
    return render(request, "monitoring/down_time_run.html", context)


@require_POST
@requires(Permission.RECORD_MONITORING)
@with_run
def down_time_form_aside(request: ClinicRequest, run: FormRun, form_position: int) -> HttpResponse:
    form = form_at(run, request.user, form_position)
    why = NotEntered.LOST if request.POST.get("why") == NotEntered.LOST else NotEntered.NOT_USED
    aside = partial(actions.set_aside, run=run, form=form, why=why, **request.stamp)
    return press(request, aside, done=f"Form {form.written_code}: {why.label.lower()}.", to=_address_of(run))


@require_POST
@requires(Permission.RECORD_MONITORING)
@with_run
def down_time_run_aside(request: ClinicRequest, run: FormRun) -> HttpResponse:
    closed = closed_plans_in(run, request.user)
    aside = partial(actions.set_rest_aside, run=run, closed_plans=closed, **request.stamp)
    done = "All forms that were left were set aside as not used. One that turns up can still be typed in."
    return press(request, aside, done=done, to=_address_of(run))


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def hold_request_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    initial = {CODE: request.GET.get(CODE, "")}
    form = HoldRequestForm(bound_data(request), initial=initial, today=request.today, near=near_plan(plan))
    ask = partial(actions.ask_for_hold, plan=plan, **request.stamp)
    if submit(request, form, lambda: ask(**form.said)).is_done:
        return saved(request, ASKED, plan)
    return patient_page(
        request, plan.patient, "monitoring/hold_request_add.html", {"form": form, "plan": plan}
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_PLAN)
@taken_once
@with_hold_request
def hold_answer(request: ClinicRequest, hold: HoldRequest) -> HttpResponse:
    plan = hold.plan
    form = HoldAnswerForm(bound_data(request), versions=may_answer(hold))
    answer = partial(actions.answer_hold, request=hold, **request.stamp)
    if submit(
        request, form, lambda: answer(version=form.version, reason=form.cleaned_data["reason"])
    ).is_done:
        return saved(request, ANSWERED, plan)
    context = {"form": form, "plan": plan, "line": hold_line(hold)}
    return patient_page(request, plan.patient, "monitoring/hold_answer.html", context)


def _note_shown(request: ClinicRequest, patients: Iterable[Patient]) -> None:
    ids = sorted({patient.pk.hex for patient in patients})
    if ids:
        record("down_time_forms.shown", **request.stamp, details={"patients": ids})


def _address_of(run: FormRun) -> str:
    return reverse("monitoring:down_time_run", args=[run.number])
