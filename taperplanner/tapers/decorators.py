"""Give a view the plan, draft, product or version that its address names.

Here too is the answer of every page whose draft is gone or whose version is no longer what was signed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from taperplanner.accounts.decorators import (
    Addressed,
    FromClinic,
    FromRow,
    Row,
    ViewOf,
    row_of,
    row_of_clinic,
)
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.models import Clinic
from taperplanner.patients.decorators import audited
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.patients.restricted.opening import unless_closed
from taperplanner.rows_within import knowing_of

from . import actions
from .models import Draft, Plan, PlanQuerySet, Product, Version, plans_of, versions_of
from .schedule.chain import newest
from .schedule.course import Course
from .sections import hanging
from .signed.content import Tampered, verified_course

P = ParamSpec("P")

_product: FromRow[Product, Plan] = row_of(lambda plan: plan.products, named="product_number", parent="plan")


def _shown(clinic: Clinic) -> PlanQuerySet:
    """Each with its draft, and knowing what it has none of."""
    return knowing_of(plans_of(clinic).select_related("draft").with_others(), hanging, by="plan")


_find_plan: FromClinic[Plan] = row_of_clinic(
    _shown,
    named="plan_number",
    field="number",
    above={"patient_id": "patient_id"},
    parent="patient.clinic",
)
_find_version: FromClinic[Version] = row_of_clinic(
    versions_of,
    named="version_number",
    field="number",
    above={"patient_id": "plan__patient_id", "plan_number": "plan__number"},
    parent="plan.patient.clinic",
)


def with_plan(
    view: Callable[Concatenate[ClinicRequest, Plan, P], HttpResponse],
) -> Addressed:
    """The plan, which knows its patient and clinic; the showing is audited, and a version that was altered says so."""
    return unless_closed(_find_plan(of_plan(_plan_itself)(view)))


def with_version(view: ViewOf[Version]) -> Addressed:
    """The same of a version, which knows its plan."""
    return unless_closed(_find_version(of_plan(_plan_of_version)(view)))


def of_plan(plan_of: Callable[[Row], Plan]) -> Callable[[ViewOf[Row]], ViewOf[Row]]:
    """What holds for each page of a plan, whatever row of it the address names."""

    def decorate(view: ViewOf[Row]) -> ViewOf[Row]:
        @wraps(view)
        def answered(request: ClinicRequest, row: Row, /, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, row, *args, **kwargs)
            except Tampered as tampered:
                return _not_what_was_signed(request, plan_of(row), tampered.version)

        return shown(answered)

    def patient_of(row: Row) -> Patient:
        return plan_of(row).patient

    shown = audited(patient_of)
    return decorate


def _plan_itself(plan: Plan) -> Plan:
    return plan


def _plan_of_version(version: Version) -> Plan:
    return version.plan


def with_draft(
    view: Callable[Concatenate[ClinicRequest, Draft, P], HttpResponse],
) -> Addressed:
    """Where the draft is gone, before the view or while it works: says so, and goes to the plan."""

    @wraps(view)
    def found(request: ClinicRequest, plan: Plan, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = getattr(plan, "draft", None)
        if draft is None:
            return draft_is_gone(request, plan)
        draft.plan = plan
        try:
            return view(request, draft, *args, **kwargs)
        except (actions.AlreadySigned, Draft.DoesNotExist):
            return draft_is_gone(request, plan)

    return with_plan(found)


def with_product(view: ViewOf[Product]) -> Addressed:
    return with_plan(_product(view))


def with_course(
    view: Callable[Concatenate[ClinicRequest, Plan, Course[Version], P], HttpResponse],
) -> Addressed:
    """The plan with all its signed versions; without any, goes to the plan's page."""

    @wraps(view)
    def found(request: ClinicRequest, plan: Plan, *args: Any, **kwargs: Any) -> HttpResponse:
        course = verified_course(plan)
        if course is None:
            messages.error(request, "No version of this plan is signed yet, so there is nothing to revise.")
            return redirect(plan)
        return view(request, plan, course, *args, **kwargs)

    return with_plan(found)


def _not_what_was_signed(request: ClinicRequest, plan: Plan, version: Version) -> HttpResponse:
    version.plan = plan
    actions.report_tampering(version=version, **request.stamp)
    context = {"plan": plan, "version": version}
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return patient_page(request, plan.patient, "tapers/tampered.html", context, status=status)


def draft_is_gone(request: ClinicRequest, plan: Plan) -> HttpResponse:
    """Say so and go to the plan; a page that saves while somebody types gets the sentence alone, and stays open."""
    said = "This plan has no draft now."
    if version := newest(plan.versions.all()):
        said += f" The newest version is {version.number}, signed by {version.signed_by_name}."
    if request.htmx:
        text = f"Not saved: {said} Copy what you need before you leave this page."
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=HTTPStatus.GONE)
    messages.info(request, said)
    return redirect(plan)
