"""A signed version revised or held, and two versions side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data

from .. import actions
from ..decorators import with_course, with_plan
from ..forms.plans import ReviseForm
from ..models import Plan, Version
from ..schedule.course import Course, default_comparison
from ..signed.content import verified_content
from ..wording.compare import compare as compare_schedules


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_course
def plan_revise(request: ClinicRequest, plan: Plan, course: Course[Version]) -> HttpResponse:
    form = ReviseForm(bound_data(request))
    if form.is_valid():
        try:
            actions.start_revision(plan=plan, **form.revision(), by=request.user, at=request.now)
            messages.success(
                request, "The draft holds the steps that remain. Confirm or retype each of them."
            )
            return redirect("tapers:draft_edit", plan.patient_id, plan.number)
        except actions.CannotDraft as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "plan": plan, "spans": course.spans, "newest": course.newest}
    return patient_page(request, plan.patient, "tapers/plan_revise.html", context)


@require_POST
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_plan
def plan_hold(request: ClinicRequest, plan: Plan) -> HttpResponse:
    try:
        actions.start_hold(plan=plan, today=request.today, by=request.user, at=request.now)
    except actions.CannotDraft as refusal:
        messages.error(request, str(refusal))
        return redirect(plan)
    messages.info(
        request,
        "Type the day from which it changes, and how many days the step that is taken today goes on from that day.",
    )
    return redirect(reverse("tapers:draft_edit", args=[plan.patient_id, plan.number]) + "#steps-0-days")


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_course
def compare(request: ClinicRequest, plan: Plan, course: Course[Version]) -> HttpResponse:
    """Two versions of the address; else what is in force and what takes over, or took over, next to it."""
    versions = {str(version.number): version for version in plan.versions.newest_first()}
    left, right = default_comparison(course, request.today)
    one = versions.get(request.GET.get("left", str(left.number)))
    two = versions.get(request.GET.get("right", str(right.number)))
    if one is None or two is None:
        raise Http404
    one.plan = two.plan = plan
    pairs = compare_schedules(verified_content(one).schedule, verified_content(two).schedule)
    context = {"plan": plan, "pairs": pairs, "left": one, "right": two, "numbers": list(versions)}
    return patient_page(request, plan.patient, "tapers/compare.html", context)
