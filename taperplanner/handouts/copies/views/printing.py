"""Choosing what to print, with a preview; printing makes a copy that is known."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import once, taken_once_within
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.tapers.decorators import with_version
from taperplanner.tapers.models import Version
from taperplanner.typesetting import CannotTypeset

from ...models import PrintedHandout, newest_copy_by
from ...paper.day_by_day import CannotLayOut
from ...paper.layouts import Choice, Layout
from ...printing.files import Preview, preview_data, preview_of
from ...printing.render import pdf_of
from .. import actions
from ..decorators import once_checked
from ..forms import PrintForm, first_values
from .copies import pdf_answer

ON_A_PAGE = "page"


@require_http_methods(["GET", "POST"])
@requires(Permission.PRINT_HANDOUT)
@taken_once_within
@with_version
@once_checked
def handout_print(request: ClinicRequest, version: Version) -> HttpResponse:
    """A GET shows the choice and its preview; a POST makes the copy, and goes to it."""
    first = first_values(request.user, version.plan)
    form = PrintForm(request.POST if request.method == "POST" else request.GET or first)
    if form.is_valid() and request.method == "POST":
        try:
            return _printed(request, version, form.choice(), keep=form.keeps)
        except (CannotTypeset, CannotLayOut, actions.CannotPrint) as problem:
            form.add_error(None, str(problem))
    preview = preview_of(version, form.choice(), at=request.now) if form.is_valid() else Preview()
    context = {"plan": version.plan, "version": version, "form": form, "preview": preview}
    return patient_page(request, version.plan.patient, "handouts/handout_print.html", context)


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_version
@once_checked
def handout_pdf(request: ClinicRequest, version: Version) -> HttpResponse:
    """The copy of this version that the user printed last; without one, the page where they print."""
    copy = newest_copy_by(version, request.user)
    if copy is None:
        plan = version.plan
        return redirect("handouts:handout_print", plan.patient_id, plan.number, version.number)
    copy.version = version
    return _once_more(request, copy)


@once_checked
def _once_more(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    """Asked of the copy, whose language is its own."""
    return pdf_answer(request, copy)


def _printed(request: ClinicRequest, version: Version, choice: Choice, *, keep: bool) -> HttpResponse:
    """The browser prints the schedule table where no font here has a letter that it needs."""
    if request.POST.get("how") == ON_A_PAGE:
        choice = Choice(layout=Layout.SCHEDULE, language=choice.language)
        keep = False  # the browser has one size of letters
    else:
        pdf_of([preview_data(version, choice, at=request.now)])
    return once(request, lambda: _made(request, version, choice, keep=keep))


def _made(request: ClinicRequest, version: Version, choice: Choice, *, keep: bool) -> HttpResponse:
    copy = actions.print_handout(version=version, choice=choice, by=request.user, at=request.now, keep=keep)
    copy.version = version
    if request.POST.get("how") == ON_A_PAGE:
        plan = version.plan
        return redirect("handouts:copy", plan.patient_id, plan.number, version.number, copy.number)
    return redirect(copy)
