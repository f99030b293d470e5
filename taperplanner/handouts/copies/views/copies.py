"""A printed copy: the same paper again, what became of it, and whether it may still be followed."""

from __future__ import annotations

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.typesetting import CannotTypeset

from ...models import Outcome, PrintedHandout
from ...paper.day_by_day import CannotLayOut
from ...paper.layouts import Layout
from ...printing.files import file_of_copy, page_of_copy
from .. import actions
from ..decorators import once_checked, with_copy
from ..public_answer import Answer, answers_to
from ..public_page import asks, sources_in
from ..rate_limited import waits
from .previews import page_context


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_copy
@once_checked
def copy(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    """For the browser to print: the schedule table is the only layout it has."""
    if copy.layout != Layout.SCHEDULE:
        return redirect(copy)
    context = {**page_context(request, page_of_copy(copy, request), copy.version), "copy": copy}
    return render(request, "handouts/copy.html", context)


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_copy
@once_checked
def copy_pdf(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    return pdf_answer(request, copy)


@require_POST
@requires(Permission.PRINT_HANDOUT)
@taken_once
@with_copy
def copy_outcome(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    plan = copy.version.plan.get_absolute_url()
    outcome = request.POST.get("outcome", "")
    if outcome in Outcome.values:
        try:
            actions.say_outcome(copy=copy, outcome=Outcome(outcome), by=request.user, at=request.now)
        except actions.CannotSayOutcome as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Copy {copy.number} of version {copy.version.number}: noted.")
            return redirect(f"{plan}#copies")
    else:
        messages.error(request, "Say what became of the copy: collected, replaced, or still out.")
    return redirect(plan)  # at its top, where the message stands


@require_safe
@login_not_required
@never_cache
def copy_state(request: HttpRequest, code: str) -> HttpResponse:
    """For whoever holds the paper. Nothing about the patient or the clinic."""
    if ratelimit.consume_or_429(request, action="handout_code", limit_get=True):
        return _wait(request)
    answers = answers_to(code, at=timezone.now())
    context = {"answers": answers, "sources": sources_in(tuple(answer.language for answer in answers))}
    return render(request, "handouts/copy_state.html", context, status=_status(answers))


@require_safe
@login_not_required
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """One field, for whoever cannot scan the paper. Limited as the answer is: it gives the same one."""
    if ratelimit.consume_or_429(request, action="handout_code", limit_get=True):
        return _wait(request)
    answers = answers_to(request.GET["code"], at=timezone.now()) if "code" in request.GET else ()
    asked = asks()
    context = {"asks": asked, "answers": answers, "sources": sources_in(tuple(one.language for one in asked))}
    return render(request, "handouts/code.html", context, status=_status(answers))


def pdf_answer(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    """Its name is the code's: a folder of downloads tells nothing about anybody."""
    try:
        content = file_of_copy(copy, request)
    except (CannotTypeset, CannotLayOut) as problem:
        messages.error(request, str(problem))
        plan = copy.version.plan
        return redirect("handouts:handout_print", plan.patient_id, plan.number, copy.version.number)
    name = f'inline; filename="handout-{copy.written_code}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def _status(answers: tuple[Answer, ...]) -> HTTPStatus:
    return HTTPStatus.OK if all(answer.is_known for answer in answers) else HTTPStatus.NOT_FOUND


def _wait(request: HttpRequest) -> HttpResponse:
    """Not the sign-in's page for it: that one leads into the clinic's pages, and speaks English alone."""
    context = {"waits": waits()}
    return render(request, "handouts/asked_too_often.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
