"""The plan: opened, described, ended, and its schedule with the guidance beside it."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.decorators import with_patient
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.saving import Submission, bound_data, revision_in, saved, submit

from .. import actions
from ..assigned import assigned_section
from ..decorators import with_plan
from ..forms.plans import EndForm, OpenPlanForm, PlanForm
from ..models import Plan, earlier_descriptions
from ..other_plans import other_plans_shown
from ..page import schedule_page
from ..signed.content import course_for_page
from .versions import course_page


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_plan
def plan(request: ClinicRequest, plan: Plan) -> HttpResponse:
    if (course := course_for_page(plan)) is not None:
        return course_page(request, plan, course)
    return _unsigned_page(request, plan)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_patient
def plan_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = OpenPlanForm(bound_data(request), patient=patient)
    open_plan = partial(actions.open_plan, patient=patient, **request.stamp)
    sent = submit(request, form, lambda: open_plan(**form.new_plan()), refused_at="medication")
    if opened := sent.result:
        message = "The plan is open. Add the products its doses are made of."
        return saved(request, message, "tapers:product_add", patient.pk, opened.number)
    context = {"form": form, "has_medications": patient.medications.taken().exists()}
    return patient_page(request, patient, "tapers/plan_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@with_plan
def plan_edit(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = PlanForm(bound_data(request), initial=PlanForm.values_of(plan))
    edit = partial(actions.edit_plan, plan=plan, revision=revision_in(request), **request.stamp)
    sent = submit(request, form, lambda: edit(details=form.details()), row=plan)
    if sent.is_done:
        return saved(request, "The plan's description is saved.", plan)
    return _form_page(request, plan, "tapers/plan_edit.html", sent)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_PLAN)
@with_plan
def plan_end(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = EndForm(bound_data(request), today=request.today, is_signed=plan.versions.exists())
    end = partial(actions.end_plan, plan=plan, revision=revision_in(request), **request.stamp)
    sent = submit(request, form, lambda: end(**form.answers()), row=plan)
    if sent.is_done:
        return saved(request, "The plan is ended. Everything that was signed stays readable.", plan)
    return _form_page(request, plan, "tapers/plan_end.html", sent)


def _unsigned_page(request: ClinicRequest, plan: Plan) -> HttpResponse:
    context = {
        "draft": getattr(plan, "draft", None),
        "products": plan.products.by_number().in_use(),
        "earlier": earlier_descriptions(plan),
        "other_plans": other_plans_shown(plan, request.today),
        "assigned": assigned_section(request, plan),
    }
    return schedule_page(request, plan, "tapers/plan.html", context)


def _form_page(request: ClinicRequest, plan: Plan, template: str, sent: Submission[Plan]) -> HttpResponse:
    context = {"plan": plan, **sent.context}
    return patient_page(request, plan.patient, template, context, status=sent.status)
