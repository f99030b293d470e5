"""The plan: opened, described, ended, and its schedule with the guidance beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.decorators import with_patient
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.saving import Attempt, bound_data

from .. import actions
from ..decorators import with_plan
from ..forms.plans import EndForm, OpenPlanForm, PlanForm
from ..models import Plan
from ..signed.content import verified_course
from .versions import course_page


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def plan(request: ClinicRequest, plan: Plan) -> HttpResponse:
    if (course := verified_course(plan)) is not None:
        return course_page(request, plan, course)
    context = {
        "plan": plan,
        "draft": getattr(plan, "draft", None),
        "products": plan.products.by_number().in_use(),
        "earlier": plan.earlier_descriptions.newest_first(),
    }
    return patient_page(request, plan.patient, "tapers/plan.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_patient
def plan_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = OpenPlanForm(bound_data(request), patient=patient)
    if form.is_valid():
        try:
            opened = actions.open_plan(
                patient=patient,
                medication=form.cleaned_data["medication"],
                details=form.details(),
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The plan is open. Add the products its doses are made of.")
            return redirect("tapers:product_add", patient.pk, opened.number)
        except actions.CannotOpenPlan as refusal:
            form.add_error("medication", str(refusal))
    context = {"form": form, "has_medications": patient.medications.taken().exists()}
    return patient_page(request, patient, "tapers/plan_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@with_plan
def plan_edit(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = PlanForm(bound_data(request), initial=PlanForm.values_of(plan))
    attempt = Attempt(request, form, plan, PlanForm.values_of)
    if form.is_valid():
        with attempt:
            actions.edit_plan(
                plan=plan,
                revision=attempt.revision,
                details=form.details(),
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The plan's description is saved.")
            return redirect(plan)
    context = {"plan": plan, **attempt.context}
    return patient_page(request, plan.patient, "tapers/plan_edit.html", context, status=attempt.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_PLAN)
@with_plan
def plan_end(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = EndForm(bound_data(request))
    attempt = Attempt(request, form, plan, EndForm.values_of)
    if form.is_valid():
        with attempt:
            actions.end_plan(
                plan=plan, revision=attempt.revision, **form.cleaned_data, by=request.user, at=request.now
            )
            messages.success(request, "The plan is ended. Everything that was signed stays readable.")
            return redirect(plan)
    context = {"plan": plan, **attempt.context}
    return patient_page(request, plan.patient, "tapers/plan_end.html", context, status=attempt.status)
