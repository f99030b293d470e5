"""Follow-ups: added, edited, settled, and decided on when a newer version moves their steps."""

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
from taperplanner.saving import Attempt, Conflict, Refused, bound_data
from taperplanner.tapers.course import Course
from taperplanner.tapers.decorators import with_course, with_plan
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.signed import load_course

from ..models import FollowUp, Status
from . import actions
from .decorators import with_follow_up
from .due import with_each_step
from .forms import AddFollowUpForm, FollowUpForm, MovedForm, SettleForm


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@taken_once
@with_plan
def follow_up_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    course = load_course(plan)
    form = AddFollowUpForm(
        bound_data(request), clinic=request.clinic, today=request.today, has_steps=course is not None
    )
    if form.is_valid():
        try:
            _add(request, plan, course, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    return patient_page(request, plan.patient, "monitoring/follow_up_add.html", {"form": form, "plan": plan})


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_follow_up
def follow_up_edit(request: ClinicRequest, follow_up: FollowUp) -> HttpResponse:
    form = FollowUpForm(
        bound_data(request),
        initial=FollowUpForm.values_of(follow_up),
        clinic=request.clinic,
        today=request.today,
    )
    attempt = Attempt(request, form, follow_up, FollowUpForm.values_of)
    if form.is_valid():
        with attempt:
            actions.edit_follow_up(
                follow_up=follow_up,
                due_on=form.cleaned_data["due_on"],
                details=form.details,
                revision=attempt.revision,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The follow-up was saved.")
            return redirect("monitoring:progress", follow_up.plan.patient_id, follow_up.plan.number)
    return _page_of(request, follow_up, "monitoring/follow_up_edit.html", attempt)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_follow_up
def follow_up_settle(request: ClinicRequest, follow_up: FollowUp) -> HttpResponse:
    form = SettleForm(bound_data(request))
    attempt = Attempt(request, form, follow_up, SettleForm.values_of)
    if form.is_valid():
        with attempt:
            actions.settle_follow_up(
                follow_up=follow_up,
                status=Status(form.cleaned_data["status"]),
                reason=form.cleaned_data["reason"],
                revision=attempt.revision,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "What became of the follow-up was saved.")
            return redirect("monitoring:progress", follow_up.plan.patient_id, follow_up.plan.number)
    return _page_of(request, follow_up, "monitoring/follow_up_settle.html", attempt)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_course
def follow_ups_moved(request: ClinicRequest, plan: Plan, course: Course[Version]) -> HttpResponse:
    """Each follow-up whose step a newer version moved: keep its date, move it, or cancel it."""
    form = _moved_form(request, plan, course)
    if form.rows and form.is_valid():
        try:
            actions.decide_moved(
                version=course.newest, decisions=form.decisions, by=request.user, at=request.now
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        except Conflict:
            form.add_error(
                None, "Somebody changed one of these meanwhile. Open this page again, then decide."
            )
        else:
            messages.success(request, "What you decided was saved.")
            return redirect("monitoring:progress", plan.patient_id, plan.number)
    context = {"form": form, "version": course.newest, "plan": plan}
    return patient_page(request, plan.patient, "monitoring/follow_ups_moved.html", context)


def _add(request: ClinicRequest, plan: Plan, course: Course[Version] | None, form: AddFollowUpForm) -> None:
    """Raises: Refused."""
    if course is None or not form.is_with_steps:
        actions.add_follow_up(
            plan=plan,
            due_on=form.cleaned_data["due_on"],
            details=form.details,
            by=request.user,
            at=request.now,
        )
        messages.success(request, "The follow-up was added.")
        return
    offset, today = form.cleaned_data["offset_days"], request.today
    added = actions.add_follow_ups_with_steps(
        version=course.newest,
        steps=list(with_each_step(course, offset_days=offset, today=today)),
        details=form.details,
        by=request.user,
        at=request.now,
    )
    messages.success(request, f"Follow-ups were added for {len(added)} of the steps: those from today on.")


def _moved_form(request: ClinicRequest, plan: Plan, course: Course[Version]) -> MovedForm:
    today = request.today
    rows = [
        (follow_up, list(with_each_step(course, offset_days=follow_up.offset_days or 0, today=today)))
        for follow_up in plan.follow_ups.moved().by_day()
    ]
    return MovedForm(bound_data(request), rows=rows)


def _page_of(
    request: ClinicRequest, follow_up: FollowUp, template: str, attempt: Attempt[FollowUp]
) -> HttpResponse:
    context = {"follow_up": follow_up, "plan": follow_up.plan, **attempt.context}
    return patient_page(request, follow_up.plan.patient, template, context, status=attempt.status)
