"""Follow-ups: added, edited, settled, and decided on when a newer version moves their steps."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import Submission, bound_data, revision_in, saved, submit
from taperplanner.tapers.decorators import with_course, with_plan
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.course import Course
from taperplanner.tapers.signed.content import verified_course

from ..models import FollowUp
from . import actions
from .decorators import with_follow_up
from .due import with_each_step
from .forms import AddFollowUpForm, FollowUpForm, MovedForm, SettleForm


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def follow_up_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    data, course = bound_data(request), verified_course(plan)
    form = AddFollowUpForm(data, clinic=request.clinic, today=request.today, has_steps=course is not None)
    sent = submit(request, form, lambda: _add(request, plan, course, form))
    if sent.result:
        return _to_progress(request, plan, sent.result)
    return patient_page(request, plan.patient, "monitoring/follow_up_add.html", {"form": form, "plan": plan})


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_follow_up
def follow_up_edit(request: ClinicRequest, follow_up: FollowUp) -> HttpResponse:
    data, initial = bound_data(request), FollowUpForm.values_of(follow_up)
    form = FollowUpForm(data, initial=initial, clinic=request.clinic, today=request.today)
    edit = partial(actions.edit_follow_up, follow_up=follow_up, **_stamp(request))
    sent = submit(request, form, lambda: edit(due_on=form.day, details=form.details), row=follow_up)
    if sent.is_done:
        return _to_progress(request, follow_up.plan, "The follow-up was saved.")
    return _page_of(request, follow_up, "monitoring/follow_up_edit.html", sent)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_follow_up
def follow_up_settle(request: ClinicRequest, follow_up: FollowUp) -> HttpResponse:
    form = SettleForm(bound_data(request))
    settle = partial(actions.settle_follow_up, follow_up=follow_up, **_stamp(request))
    sent = submit(request, form, lambda: settle(status=form.outcome, reason=form.note), row=follow_up)
    if sent.is_done:
        return _to_progress(request, follow_up.plan, "The outcome was recorded.")
    return _page_of(request, follow_up, "monitoring/follow_up_settle.html", sent)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_course
def follow_ups_moved(request: ClinicRequest, plan: Plan, course: Course[Version]) -> HttpResponse:
    """Each follow-up whose step a newer version moved: keep its date, move it, or cancel it."""
    form = _moved_form(request, plan, course)
    decide = partial(actions.decide_moved, version=course.newest, **request.stamp)
    if submit(request, form, lambda: decide(decisions=form.decisions)).is_done:
        return _to_progress(request, plan, "Your decisions were saved.")
    context = {"form": form, "version": course.newest, "plan": plan}
    return patient_page(request, plan.patient, "monitoring/follow_ups_moved.html", context)


def _add(request: ClinicRequest, plan: Plan, course: Course[Version] | None, form: AddFollowUpForm) -> str:
    """What was added, in a sentence. Raises: Refused."""
    if course is None or not form.is_with_steps:
        actions.add_follow_up(plan=plan, due_on=form.day, details=form.details, **request.stamp)
        return "The follow-up was added."
    steps = with_each_step(course, offset_days=form.cleaned_data["offset_days"], today=request.today)
    add = partial(actions.add_follow_ups_with_steps, version=course.newest, **request.stamp)
    added = add(steps=list(steps), details=form.details)
    return f"Follow-ups were added for {len(added)} of the steps: those from today on."


def _moved_form(request: ClinicRequest, plan: Plan, course: Course[Version]) -> MovedForm:
    rows = [
        (row, list(with_each_step(course, offset_days=row.offset_days or 0, today=request.today)))
        for row in plan.follow_ups.moved().by_day()
    ]
    return MovedForm(bound_data(request), rows=rows)


def _stamp(request: ClinicRequest) -> dict[str, Any]:
    """By whom and when, and of which revision of the follow-up."""
    return {"revision": revision_in(request), **request.stamp}


def _to_progress(request: ClinicRequest, plan: Plan, message: str) -> HttpResponse:
    return saved(request, message, "monitoring:progress", plan.patient_id, plan.number)


def _page_of(
    request: ClinicRequest, follow_up: FollowUp, template: str, sent: Submission[FollowUp]
) -> HttpResponse:
    context = {"follow_up": follow_up, "plan": follow_up.plan, **sent.context}
    return patient_page(request, follow_up.plan.patient, template, context, status=sent.status)
