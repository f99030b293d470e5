"""A printed copy: the same paper again, its outcome, and whether it may still be followed."""

from __future__ import annotations

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest, TimedRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.page import patient_page
from taperplanner.saving import note_refusal, saved, submit

from ...models import PrintedHandout
from ...paper.layouts import Layout
from ...printing.job import Job, PrintJob
from ...printing.render import CannotSet, address_of
from .. import actions
from ..decorators import requires_printable, with_copy
from ..files import file_of, page_of_copy, pdf_of_copy
from ..forms import OutcomeForm
from ..public_answer import Answer, answer_of, answers_to, rate_limited_answers
from ..public_page import asks, sources_in
from .previews import page_context


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_copy
@requires_printable
def copy(request: ClinicRequest, copy: PrintedHandout, job: Job) -> HttpResponse:
    """For the browser to print: the schedule table of one plan is all that it has."""
    if copy.layout != Layout.SCHEDULE or not isinstance(job, PrintJob):
        return redirect(copy)
    paper = page_of_copy(copy, job, address_of(request))
    context = page_context(request, paper, copy.version.plan, copy.version)
    return render(request, "handouts/copy.html", {**context, "copy": copy})


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_copy
@requires_printable
def copy_pdf(request: ClinicRequest, copy: PrintedHandout, job: Job) -> HttpResponse:
    return pdf_answer(request, copy, job)


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_copy
def copy_record(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    """What is known of it: what was handed out, by whom, and whether it may be followed today."""
    plan, file, answer = copy.version.plan, file_of(copy), answer_of(copy, request.today)
    context = {"plan": plan, "version": copy.version, "copy": copy, "file": file, "answer": answer}
    return patient_page(request, plan.patient, "handouts/copy_record.html", context)


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_copy
def copy_file(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    """Byte for byte as it was printed. It is evidence, so nothing stands in its way but its hash."""
    file = file_of(copy)
    if file is None:
        raise Http404
    return _pdf(file.content, f'attachment; filename="as-printed-copy-{copy.number}.pdf"')


@require_POST
@requires(Permission.PRINT_HANDOUT)
@taken_once
@with_copy
def copy_outcome(request: ClinicRequest, copy: PrintedHandout) -> HttpResponse:
    """On to the plan's copies; where it is refused, to the top of its page, where the message stands."""
    plan, form = copy.version.plan.get_absolute_url(), OutcomeForm(request.POST)
    sent = submit(
        request, form, lambda: actions.record_outcome(copy=copy, outcome=form.chosen, **request.stamp)
    )
    if sent.is_done:
        return saved(request, f"Copy {copy.number} of {copy.of_what}: noted.", f"{plan}#copies")
    messages.error(request, form.refusal)
    return redirect(plan)


@require_safe
@login_not_required
@never_cache
def copy_state(request: TimedRequest, code: str) -> HttpResponse:
    """For whoever holds the paper. Nothing about the patient or the clinic."""
    if ratelimit.consume_or_429(request, action="handout_code", limit_get=True):
        return _rate_limited(request)
    answers = answers_to(code, at=request.now)
    context = {"answers": answers, "sources": sources_in(tuple(answer.language for answer in answers))}
    return render(request, "handouts/copy_state.html", context, status=_status(answers))


@require_safe
@login_not_required
@never_cache
def code(request: TimedRequest) -> HttpResponse:
    """One field, for whoever cannot scan the paper. Limited as the answer is: it gives the same one."""
    if ratelimit.consume_or_429(request, action="handout_code", limit_get=True):
        return _rate_limited(request)
    answers = answers_to(request.GET["code"], at=request.now) if "code" in request.GET else ()
    asked = asks()
    context = {"asks": asked, "answers": answers, "sources": sources_in(tuple(one.language for one in asked))}
    return render(request, "handouts/code.html", context, status=_status(answers))


def pdf_answer(request: ClinicRequest, copy: PrintedHandout, job: Job) -> HttpResponse:
    """A folder of downloads tells nothing about anybody, and no code, which is the paper's secret."""
    try:
        content = pdf_of_copy(copy, job, address_of(request))
    except CannotSet as problem:
        note_refusal(request, problem)
        messages.error(request, str(problem))
        return redirect(copy.print_url)
    return _pdf(content, f'inline; filename="handout-copy-{copy.number}.pdf"')


def _pdf(content: bytes, disposition: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _status(answers: tuple[Answer, ...]) -> HTTPStatus:
    return HTTPStatus.OK if all(answer.is_known for answer in answers) else HTTPStatus.NOT_FOUND


def _rate_limited(request: HttpRequest) -> HttpResponse:
    """Not the sign-in's page for it: that one leads into the clinic's pages, and speaks English alone."""
    context = {"answers": rate_limited_answers()}
    return render(request, "handouts/rate_limited.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
