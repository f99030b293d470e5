"""Check-ins: recorded, read, and corrected by another one.

A danger sign is saved in the request that brings it, even if the rest of the form is invalid. What is kept as a draft, by a
script while somebody types or by a button, records nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import SAVED_ALREADY, key_in, once, taken_once_within
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.concerns import DOCUMENTED
from taperplanner.patients.page import patient_page
from taperplanner.saving import Conflict, Refused, note_refusal, press, revision_in, saved, submit
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..danger import signs_in
from ..downtime.marks import mark_of
from ..emergencies.actions import raise_emergency
from ..emergencies.page import emergencies_of, emergency_context
from ..models import CheckIn, CheckInDraft
from . import actions
from .decorators import keeps_danger, with_check_in
from .drafts.actions import discard_draft, keep_draft
from .drafts.begun import begun
from .drafts.typed import typed_in
from .forms.check_in import CheckInForm, CorrectionForm, NewCheckInForm
from .forms.runs import reported_in_mg
from .lines import check_in_parts
from .new_medicines import medicines_named
from .page import GO_ON, beside, form_of, from_page, new_form, new_page, offer_page, own_draft

RECORDED: Final = "The check-in was saved."
KEPT: Final = "Kept as a draft. This check-in is not recorded yet."
NOTHING_TYPED: Final = "Nothing was typed yet, so nothing is kept."
DISCARDED: Final = "What was typed is discarded. Nothing was recorded."
CHANGED: Final = "You kept more of this check-in in another window meanwhile. Read it first."
OTHER_WINDOW: Final = (
    "Not kept as a draft: you kept this check-in from another window meanwhile. Nothing of that is overwritten. Keep this"
    " page open, and press “Keep as a draft” to choose."
)
CORRECTED: Final = "The correction was saved. The check-in that it corrects stays readable."


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_plan
@keeps_danger
@taken_once_within
def check_in_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    draft = own_draft(request, plan) if request.method == "GET" else None
    if draft and GO_ON not in request.GET:
        return offer_page(request, plan, draft)
    form = new_form(request, plan, draft)
    if answer := _submit(request, form, RECORDED, partial(_record, request, plan, form)):
        return answer
    return new_page(request, plan, {"form": form, **_raised(request, plan)}, draft=draft)


def _record(request: ClinicRequest, plan: Plan, form: NewCheckInForm) -> CheckIn:
    return actions.record_check_in(
        plan=plan,
        details=form.details,
        follow_up=form.answered,
        paper=form.from_paper,
        form_key=key_in(request),
        **request.stamp,
    )


@require_POST
@requires(Permission.RECORD_MONITORING)
@with_plan
def check_in_draft(request: ClinicRequest, plan: Plan) -> HttpResponse:
    form = form_of(request, plan, NewCheckInForm, {}, closes=True, is_judged=False)
    try:
        content = typed_in(request.POST.dict(), form.fields)
        draft = keep_draft(plan=plan, content=content, sent=from_page(request), **request.stamp)
    except Conflict as conflict:
        return _conflict(request, plan, form, conflict.current)
    except Refused as refused:
        return _refused(request, plan, form, refused)
    return _kept(request, plan, draft)


@require_POST
@requires(Permission.RECORD_MONITORING)
@with_plan
def check_in_draft_discard(request: ClinicRequest, plan: Plan) -> HttpResponse:
    discard = partial(discard_draft, plan=plan, revision=revision_in(request), **request.stamp)
    query = request.GET.urlencode()
    return press(
        request,
        discard,
        done=DISCARDED,
        to=_form_address(plan) + (f"?{query}" if query else ""),
        changed=CHANGED,
    )


@require_POST
@requires(Permission.RECORD_MONITORING)
def new_medicines(request: ClinicRequest) -> HttpResponse:
    """What the sources say to a medicine, while its name is typed. Knows no patient, and saves nothing."""
    named = medicines_named(request.POST.get("new_medicines_note", ""), DOCUMENTED)
    return render(request, "monitoring/_new_medicines.html", {"named": named})


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_check_in
def check_in(request: ClinicRequest, check_in: CheckIn) -> HttpResponse:
    context = {
        "plan": check_in.plan,
        "check_in": check_in,
        "corrected_by": getattr(check_in, "correction", None),
        "error": getattr(check_in, "error", None),
        "from_paper": mark_of(check_in, request.clinic),
        "parts": check_in_parts(check_in),
        "emergencies": emergencies_of(check_in, request.today),
        "named": medicines_named(check_in.new_medicines_note, check_in.plan.drug),
    }
    return patient_page(request, check_in.plan.patient, "monitoring/check_in.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_check_in
@keeps_danger
@taken_once_within
def check_in_correct(request: ClinicRequest, check_in: CheckIn) -> HttpResponse:
    plan, initial = check_in.plan, CheckInForm.values_of(check_in)
    form = form_of(request, plan, CorrectionForm, initial, in_mg=reported_in_mg(check_in))
    correct = partial(actions.correct_check_in, check_in=check_in, form_key=key_in(request), **request.stamp)
    if answer := _submit(request, form, CORRECTED, lambda: correct(details=form.details, why=form.why)):
        return answer
    raised = _raised(request, plan, known=check_in.danger_signs())
    context = {"form": form, "check_in": check_in, **raised, **beside(request, plan)}
    return patient_page(request, plan.patient, "monitoring/check_in_correct.html", context)


def _submit(
    request: ClinicRequest, form: CheckInForm, message: str, record: Callable[[], CheckIn]
) -> HttpResponse | None:
    """Where a form that is right leads; None while something in it is wrong.

    The key is claimed once the form is valid, so that no page is drawn while a lock is held.
    """

    def made() -> HttpResponse:
        check_in = record()
        answer = saved(request, message, check_in)
        if check_in.follow_up is not None and check_in.corrects is None:
            messages.success(request, f"Closed as done: the follow-up “{check_in.follow_up.purpose}”.")
        return answer

    try:
        return submit(request, form, lambda: once(request, made)).result
    except actions.RecordedAlready as already:
        messages.info(request, SAVED_ALREADY)
        return redirect(already.check_in)


def _raised(request: ClinicRequest, plan: Plan, *, known: Sequence[str] = ()) -> dict[str, Any]:
    """Save the emergencies of a form that was refused now: nobody may come back to it.

    `known`: signs of the check-in that is being corrected.
    """
    sent = {} if "more" in request.POST else request.POST.dict()
    new = [sign for sign in signs_in(sent) if sign not in known]
    if not new:
        return {"raised": []}
    raised = raise_emergency(plan=plan, signs=new, form_key=key_in(request), **request.stamp)
    for emergency in raised:
        emergency.place_in(plan)
    return {"raised": [emergency_context(emergency, request.today) for emergency in raised]}


def _kept(request: ClinicRequest, plan: Plan, draft: CheckInDraft | None) -> HttpResponse:
    if request.htmx:
        kept = begun(draft, request.user, request.today) if draft else None
        return render(request, "monitoring/_draft_kept.html", {"kept": kept})
    messages.info(request, KEPT if draft else NOTHING_TYPED)
    return redirect(_form_address(plan))


def _conflict(
    request: ClinicRequest, plan: Plan, form: NewCheckInForm, current: CheckInDraft
) -> HttpResponse:
    """The same person typed in two windows: this one takes the other's place only if they press again."""
    if request.htmx:
        return _sentence(OTHER_WINDOW, HTTPStatus.CONFLICT)
    kept = begun(current, request.user, request.today)
    context: dict[str, Any] = {"form": form, "in_other_window": kept, "draft_revision": current.revision}
    return new_page(request, plan, context, draft=None, status=HTTPStatus.CONFLICT)


def _refused(request: ClinicRequest, plan: Plan, form: NewCheckInForm, refused: Refused) -> HttpResponse:
    note_refusal(request, refused)
    if request.htmx:
        return _sentence(str(refused), HTTPStatus.UNPROCESSABLE_ENTITY)
    context = {"form": form, "not_kept": str(refused)}
    return new_page(request, plan, context, draft=None, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _sentence(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _form_address(plan: Plan) -> str:
    return reverse("monitoring:check_in_add", args=[plan.patient_id, plan.number])
