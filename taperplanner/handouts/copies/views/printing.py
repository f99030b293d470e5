"""Choosing what to print, with a preview; printing makes a copy that is known."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import once, taken_once_within
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import submit
from taperplanner.tapers.decorators import with_version
from taperplanner.tapers.page import schedule_page

from ...models import newest_copy_by
from ...printing.job import PrintJob
from ...printing.render import Preview, address_of, preview_of, set_paper
from .. import actions
from ..decorators import requires_printable, unless_altered
from ..forms import PrintForm, print_form
from .copies import pdf_answer

ON_A_PAGE = "page"


@require_http_methods(["GET", "POST"])
@requires(Permission.PRINT_HANDOUT)
@taken_once_within
@with_version
@requires_printable
def handout_print(request: ClinicRequest, job: PrintJob) -> HttpResponse:
    """A GET shows the choice; a POST makes the copy, and goes to it."""
    form = print_form(request, job.version.plan)
    if request.method == "POST":
        sent = submit(request, form, lambda: _printed(request, job, form))
        if sent.result is not None:
            return sent.result
    return _page(request, job, form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRINT_HANDOUT)
@with_version
@requires_printable
def handout_preview(request: ClinicRequest, job: PrintJob) -> HttpResponse:
    """Its pages, for the page on which it is chosen; a page of their own for whoever has no script.

    A POST makes nothing: it leads to the page of what was chosen, so that no address holds the form's token and key.
    """
    plan, form = job.version.plan, print_form(request, job.version.plan)
    if request.method == "POST":
        page = reverse("handouts:handout_print", args=[plan.patient_id, plan.number, job.version.number])
        return redirect(f"{page}?{form.query}")
    preview = preview_of(job.chosen(form.choice()), address_of(request)) if form.is_valid() else Preview()
    context = {"version": job.version, "form": form, "preview": preview}
    if request.htmx:
        return render(request, "handouts/_preview.html", context)
    return schedule_page(request, plan, "handouts/handout_preview.html", context, is_folded=True)


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_version
@requires_printable
def handout_pdf(request: ClinicRequest, job: PrintJob) -> HttpResponse:
    """The copy of this version that the user printed last; without one, the page where they print."""
    copy, plan = newest_copy_by(job.version, request.user), job.version.plan
    if copy is None:
        return redirect("handouts:handout_print", plan.patient_id, plan.number, job.version.number)
    copy.version = job.version
    return unless_altered(requires_printable(pdf_answer))(request, copy)


def _page(request: ClinicRequest, job: PrintJob, form: PrintForm) -> HttpResponse:
    plan = job.version.plan
    context = {"version": job.version, "form": form, "has_preview": form.is_valid()}
    return schedule_page(request, plan, "handouts/handout_print.html", context, is_folded=True)


def _printed(request: ClinicRequest, job: PrintJob, form: PrintForm) -> HttpResponse:
    """The paper is set before anything is locked, with the code under which it is then written down.

    The browser prints the schedule table where no font here has a letter that it needs.
    """
    by_browser = request.POST.get("how") == ON_A_PAGE
    job = job.chosen(form.choice_of_browser() if by_browser else form.choice())
    paper = None if by_browser else set_paper(job, address_of(request))

    def make() -> HttpResponse:
        keep = form.keeps and not by_browser  # the browser has one size of letters
        copy = actions.print_handout(job=job, paper=paper, keep=keep, **request.stamp)
        return redirect(copy if paper else copy.page_url)

    return once(request, make)
