"""A signed version revised or held, and two versions side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.attempts import typed
from taperplanner.patients.page import clinic_today, patient_page

from .. import actions
from ..compare import compare as compare_schedules
from ..decorators import with_newest, with_plan
from ..forms import ReviseForm
from ..models import Plan, Version
from ..revising import Reason
from ..signed import load


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_newest
def plan_revise(request: ClinicRequest, version: Version) -> HttpResponse:
    plan, form = version.plan, ReviseForm(typed(request))
    if form.is_valid():
        try:
            actions.start_revision(
                version=version,
                first_day=form.cleaned_data["first_day"],
                typed_day=form.data["first_day"].strip(),
                reason=Reason(form.cleaned_data["reason"]),
                explanation=form.cleaned_data["explanation"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, "The draft holds the steps that remain. Confirm or retype each of them."
            )
            return redirect("tapers:draft_edit", plan.patient_id, plan.number)
        except actions.CannotDraft as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "plan": plan, "version": version}
    return patient_page(request, plan.patient, "tapers/plan_revise.html", context)


@require_POST
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_newest
def plan_hold(request: ClinicRequest, version: Version) -> HttpResponse:
    plan = version.plan
    try:
        actions.start_hold(version=version, today=clinic_today(request), by=request.user, at=timezone.now())
    except actions.CannotDraft as refusal:
        messages.error(request, str(refusal))
        return redirect(plan)
    messages.info(
        request,
        "Type the day from which it changes, and how many days the current step lasts from that day on.",
    )
    return redirect(reverse("tapers:draft_edit", args=[plan.patient_id, plan.number]) + "#steps-0-days")


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def compare(request: ClinicRequest, plan: Plan) -> HttpResponse:
    versions = {str(version.number): version for version in plan.versions.newest_first()}
    numbers = list(versions)
    left = versions.get(request.GET.get("left", numbers[-1] if numbers else ""))
    right = versions.get(request.GET.get("right", numbers[0] if numbers else ""))
    if left is None or right is None:
        raise Http404
    left.plan = right.plan = plan
    pairs = compare_schedules(load(left).schedule, load(right).schedule)
    context = {"plan": plan, "pairs": pairs, "left": left, "right": right, "numbers": numbers}
    return patient_page(request, plan.patient, "tapers/compare.html", context)
