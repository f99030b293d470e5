"""One paper of all open plans of a patient: chosen, previewed and printed as the paper of one plan is."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import once, taken_once_within
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.decorators import with_patient
from taperplanner.saving import submit
from taperplanner.tapers.models import Product
from taperplanner.tapers.packages import packages_of
from taperplanner.tapers.page import schedule_page

from ...printing.joint import JointJob
from ...printing.render import Preview, address_of, preview_of, set_paper
from .. import actions
from ..decorators import with_joint_paper
from ..joint_form import JointPrintForm, joint_form


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRINT_HANDOUT)
@with_patient
@with_joint_paper
def patient_handout(request: ClinicRequest, job: JointJob) -> HttpResponse:
    """Its pages, for the page on which it is chosen; a page of their own for whoever has no script.

    A POST makes nothing: it leads to the page of what was chosen, so that no address holds the form's token and key.
    """
    form = joint_form(request, job)
    if request.method == "POST":
        return redirect(f"{_page_url(job)}?{form.query}")
    preview = preview_of(job.chosen(form.choice()), address_of(request)) if form.is_valid() else Preview()
    context = {"job": job, "form": form, "preview": preview, "packages": _packages(job)}
    if request.htmx:
        return render(request, "handouts/_preview.html", context)
    return schedule_page(request, job.version.plan, "handouts/patient_handout.html", context, is_folded=True)


@require_http_methods(["GET", "POST"])
@requires(Permission.PRINT_HANDOUT)
@taken_once_within
@with_patient
@with_joint_paper
def patient_handout_print(request: ClinicRequest, job: JointJob) -> HttpResponse:
    """A GET shows the choice; a POST makes the copy, and goes to it."""
    form = joint_form(request, job)
    if request.method == "POST":
        sent = submit(request, form, lambda: _printed(request, job, form))
        if sent.result is not None:
            return sent.result
    context = {"job": job, "form": form, "has_preview": form.is_valid(), "packages": _packages(job)}
    page = "handouts/patient_handout_print.html"
    return schedule_page(request, job.version.plan, page, context, is_folded=True)


def _packages(job: JointJob) -> QuerySet[Product]:
    return packages_of(one.version.plan for one in job.jobs)


def _page_url(job: JointJob) -> str:
    return reverse("handouts:patient_handout_print", args=[job.patient.pk])


def _printed(request: ClinicRequest, job: JointJob, form: JointPrintForm) -> HttpResponse:
    """The paper is set before anything is locked, with the code under which it is then written down."""
    job = job.chosen(form.choice())
    paper = set_paper(job, address_of(request))
    return once(
        request,
        lambda: redirect(actions.print_handout(job=job, paper=paper, keep=form.keeps, **request.stamp)),
    )
