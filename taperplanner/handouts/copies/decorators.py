"""From the version of the address to one printed copy of it, and no further while something stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from taperplanner.accounts.decorators import Addressed, FromClinic, row_of_clinic
from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.patients.restricted.opening import unless_closed
from taperplanner.saving import note_refusal
from taperplanner.tapers.decorators import of_plan
from taperplanner.tapers.models import Plan, Version

from ..models import AlteredFile, PrintedHandout, copies_of
from ..printing.job import PrintJob
from ..printing.joint import ONLY_ONE, are_too_few, joint_paper, open_plans_of
from ..printing.may_print import CannotPrint, Obstacle
from . import actions
from .files import job_of
from .joint_form import day_in

P = ParamSpec("P")


def with_copy(
    view: Callable[Concatenate[ClinicRequest, PrintedHandout, P], HttpResponse],
) -> Addressed:
    """Pass the copy, which knows its file, version, plan, patient and clinic."""
    return unless_closed(_find(of_plan(_plan_of)(unless_altered(view))))


def _plan_of(copy: PrintedHandout) -> Plan:
    return copy.version.plan


_find: FromClinic[PrintedHandout] = row_of_clinic(
    lambda clinic: copies_of(clinic).with_version().with_file(),
    named="copy_number",
    field="number",
    above={
        "patient_id": "version__plan__patient_id",
        "plan_number": "version__plan__number",
        "version_number": "version__number",
    },
    parent="version.plan.patient.clinic",
)


def unless_altered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A file that is no longer what was printed is given to nobody, whatever page met it."""

    @wraps(view)
    def answered(request: ClinicRequest, copy: PrintedHandout, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, copy, *args, **kwargs)
        except AlteredFile:
            actions.report_altered_file(copy=copy, **request.stamp)
            version = copy.version
            context = {"plan": version.plan, "version": version, "copy": copy}
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            return patient_page(
                request, version.plan.patient, "handouts/altered.html", context, status=status
            )

    return answered


def requires_printable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below `@with_version` or `@with_copy`: pass the job of a version in its place, and that of a copy behind it.

    While something stands in the way of the paper (`may_print`), it is said instead. Raises: Tampered.
    """

    @wraps(view)
    def checked(
        request: ClinicRequest, paper: Version | PrintedHandout, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if isinstance(paper, PrintedHandout):
            job = job_of(paper, request.today)
            given: tuple[Any, ...] = (paper, job)
        else:
            job = PrintJob(paper, at=request.now, today=request.today)
            given = (job,)
        if job.obstacles:
            named = {"plan": job.version.plan, "version": job.version, "is_joint": bool(job.further_versions)}
            return _not_printable(request, job.patient, job.obstacles, named)
        return view(request, *given, *args, **kwargs)

    return checked


def with_joint_paper(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below `@with_patient`: pass the job of one paper of all open plans, for the day that the address or the form asks.

    While something stands in the way of any of them, it is said instead, with the plan that it is of. Where there is one
    plan or none, goes to the patient's page.
    """

    @wraps(view)
    def found(request: ClinicRequest, patient: Patient, *args: Any, **kwargs: Any) -> HttpResponse:
        plans = open_plans_of(patient)
        if are_too_few(plans):
            messages.info(request, ONLY_ONE)
            return redirect(patient)
        sent = request.POST if request.method == "POST" else request.GET
        paper = joint_paper(plans, at=request.now, day=day_in(sent))
        if paper.job is None or paper.obstacles:
            return _not_printable(request, patient, paper.obstacles, {"is_joint": True, "version": None})
        return view(request, paper.job, *args, **kwargs)

    return found


def _not_printable(
    request: ClinicRequest, patient: Patient, obstacles: tuple[Obstacle, ...], named: Mapping[str, Any]
) -> HttpResponse:
    note_refusal(request, CannotPrint.__name__)
    context = {
        **named,
        "obstacles": obstacles,
        "needs_check": any(obstacle.needs_check for obstacle in obstacles),
        "unreviewed": [text for obstacle in obstacles for text in obstacle.texts],
    }
    return patient_page(request, patient, "handouts/not_printable.html", context, status=HTTPStatus.CONFLICT)
