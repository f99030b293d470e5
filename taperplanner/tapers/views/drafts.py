"""The draft: typed, checked as it is typed, signed or discarded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from taperplanner.accounts.client_address import client_address
from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.accounts.proofs import NotConfirmed
from taperplanner.accounts.signing_rights import why_nobody_signs, why_not_sign
from taperplanner.days import in_words
from taperplanner.guidance.library import library
from taperplanner.patients.page import patient_page
from taperplanner.saving import Conflict, bound_data, note_refusal, revision_in, saved, submit

from .. import actions
from ..decorators import with_draft, with_plan
from ..draft import needed_page, table
from ..draft.checking import CheckedDraft, check_draft
from ..draft.columns import columns
from ..draft.conflict import DraftConflict, conflict_of
from ..draft.live import live_lines
from ..draft.sheet_dates import has_sheet_dates
from ..draft.too_many import MOST_STEPS, TooManySteps, is_beyond_a_page
from ..draft.typed import TypedDraft, from_json
from ..drug_names import printed_name
from ..forms.plans import DiscardForm
from ..forms.signature import SignForm
from ..models import Draft, Plan
from ..page import schedule_page
from ..schedule.reasons import OFFERED
from ..wording.effect import effect_of
from ..wording.sentences import schedule_sentences
from .draft_sent import CLEARED, sent_draft
from .too_many_steps import too_many_to_save, too_many_to_show


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@with_draft
def draft_edit(request: ClinicRequest, draft: Draft) -> HttpResponse:
    if request.method != "POST":
        return _page(request, draft, from_json(draft.content), draft.revision)
    typed, anchor, said = sent_draft(request, from_json(draft.content))
    try:
        stored = actions.save_draft(draft=draft, revision=revision_in(request), typed=typed, **request.stamp)
    except Conflict as conflict:
        return _conflict(request, draft, typed, conflict.current)
    except TooManySteps as refusal:
        return too_many_to_save(request, draft, refusal)
    if request.htmx:
        return _check(request, draft.plan, typed, stored, said)
    return _after_saving(request, draft.plan, anchor, said)


def _after_saving(request: ClinicRequest, plan: Plan, anchor: str, said: list[str]) -> HttpResponse:
    """To the signature, or back to the draft: to the row that a button acted on."""
    for sentence in said:
        messages.warning(request, sentence)
    if request.POST.get("do") == "sign":
        return redirect("tapers:draft_sign", plan.patient_id, plan.number)
    if not anchor:
        messages.success(request, "The draft is saved as you typed it.")
    return redirect(draft_address(plan) + anchor)


@require_POST
@requires(Permission.EDIT_DRAFT)
@taken_once
@with_plan
def draft_start(request: ClinicRequest, plan: Plan) -> HttpResponse:
    return open_draft(request, plan, partial(actions.start_draft, plan=plan, **request.stamp))


def open_draft(
    request: ClinicRequest, plan: Plan, do: Callable[[], Draft], *, message: str = "", anchor: str = ""
) -> HttpResponse:
    """What follows a button that opens a draft: its page with the message, or the plan, which says why not."""
    try:
        do()
    except actions.CannotDraft as refusal:
        note_refusal(request, refusal)
        messages.error(request, str(refusal))
        return redirect(plan)
    if message:
        messages.info(request, message)
    return redirect(draft_address(plan) + anchor)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_DRAFT)
@with_draft
def draft_discard(request: ClinicRequest, draft: Draft) -> HttpResponse:
    plan, form = draft.plan, DiscardForm(bound_data(request))
    discard = partial(actions.discard_draft, draft=draft, revision=revision_in(request), **request.stamp)
    sent = submit(request, form, discard, row=draft)
    if sent.is_done:
        return saved(request, "The draft is discarded. What was signed is unchanged.", plan)
    if sent.conflicts is not None:
        draft.refresh_from_db()
    context = {"plan": plan, "draft": draft, **sent.context}
    return patient_page(request, plan.patient, "tapers/draft_discard.html", context, status=sent.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_PLAN)
@taken_once
@with_draft
def draft_sign(request: ClinicRequest, draft: Draft) -> HttpResponse:
    checked = _checked(request, draft.plan, from_json(draft.content))
    form = _sign_form(request, draft, checked)
    if options := form.options():
        return options
    if form.is_valid():
        return _signed(request, draft, checked, form)
    _record_refusal(request, draft.plan, form)
    return _sign_page(request, draft, checked, form)


def _signed(request: ClinicRequest, draft: Draft, checked: CheckedDraft, form: SignForm) -> HttpResponse:
    try:
        version = actions.sign_draft(
            draft=draft,
            revision=revision_in(request),
            reasons=form.reasons(),
            today=request.today,
            proof=form.proof,
            **request.stamp,
        )
    except NotConfirmed as refused:
        refused.show_on(form, None)
        _refuse(request, draft.plan, "used confirmation")
        return _sign_page(request, draft, checked, form)
    except (Conflict, actions.CannotSign) as refusal:
        if why_not_sign(request.user, request.now):
            _refuse(request, draft.plan, "clock" if why_nobody_signs(request.user) else "access held")
        else:
            note_refusal(request, refusal)
        checked = _checked(request, draft.plan, from_json(draft.content))
        form = _sign_form(request, draft, checked, is_judged=False)
        return _sign_page(request, draft, checked, form, changed=True)
    then = (
        "It can be printed once a second person has checked it."
        if request.clinic.requires_check
        else "It can be printed now."
    )
    messages.success(request, f"Signed as version {version.number}. {then}")
    return redirect(draft.plan)


def _sign_form(
    request: ClinicRequest, draft: Draft, checked: CheckedDraft, *, is_judged: bool = True
) -> SignForm:
    return SignForm(
        bound_data(request),
        request=request,
        draft=draft,
        revision=revision_in(request),
        warnings=checked.warnings,
        read_back=checked.read_back,
        is_judged=is_judged,
    )


def draft_address(plan: Plan) -> str:
    return reverse("tapers:draft_edit", args=[plan.patient_id, plan.number])


def _record_refusal(request: ClinicRequest, plan: Plan, form: SignForm) -> None:
    mismatched = [name for name in ("date_of_birth", "mrn") if form.has_error(name, "mismatch")]
    for name in [*mismatched, *form.refusals()]:
        _refuse(request, plan, f"wrong {name}")


def _refuse(request: ClinicRequest, plan: Plan, why: str) -> None:
    actions.refuse_to_sign(plan=plan, why=why, address=client_address(request), **request.stamp)


def _sign_page(
    request: ClinicRequest, draft: Draft, checked: CheckedDraft, form: SignForm, *, changed: bool = False
) -> HttpResponse:
    """The whole schedule read back in sentences, and below it the signature."""
    schedule = checked.parsed.schedule()
    held = why_not_sign(request.user, request.now)
    context = _context(checked, draft.plan) | {
        "form": form,
        "held": held,
        # One that was sent is shown again whatever holds: it has the reasons that were typed.
        "is_form_shown": not checked.blockers and (form.is_bound or not held),
        "revision": draft.revision,
        "changed": changed,
        "sentences": schedule_sentences(schedule) if schedule else [],
        "effect": effect_of(checked.parsed.course, schedule, today=request.today, drug=draft.plan.drug)
        if schedule
        else None,
        "drug_name": printed_name(draft.plan.drug),
        "irregular": library().beside_as_needed(draft.plan.drug) if schedule and schedule.as_needed else None,
    }
    status = 409 if changed else 200
    return schedule_page(
        request, draft.plan, "tapers/draft_sign.html", context, is_folded=True, status=status
    )


def _checked(request: ClinicRequest, plan: Plan, typed: TypedDraft) -> CheckedDraft:
    return check_draft(plan, typed, today=request.today)


def _context(checked: CheckedDraft, plan: Plan) -> dict[str, Any]:
    first_day = checked.parsed.first_day
    return {
        "plan": plan,
        "checked": checked,
        "other_plans": checked.others,
        "typed": checked.typed,
        "first_day_words": in_words(first_day) if first_day else "",
        "first_day_wrong": any(problem.cell == "first_day" for problem in checked.blockers),
    }


def _page(
    request: ClinicRequest,
    draft: Draft,
    typed: TypedDraft,
    revision: int,
    conflict: DraftConflict | None = None,
) -> HttpResponse:
    plan = draft.plan
    if is_beyond_a_page(typed):
        return too_many_to_show(request, draft, typed)
    checked = _checked(request, plan, typed)
    context = _context(checked, plan) | {
        "draft": draft,
        "revision": revision,
        "rows": table.rows(checked),
        "blank_row": table.blank_row(checked),
        "columns": columns(typed, checked.shown),
        "has_sheet_dates": has_sheet_dates(typed),
        "most_steps": MOST_STEPS,
        "conflict": conflict,
        "reasons": OFFERED,
        "needed": needed_page.needed_row(checked),
        "irregular": library().beside_as_needed(plan.drug),
    }
    status = 409 if conflict else 200
    return schedule_page(request, plan, "tapers/draft_edit.html", context, is_folded=True, status=status)


def _check(
    request: ClinicRequest, plan: Plan, typed: TypedDraft, saved: Draft, said: list[str]
) -> HttpResponse:
    """The fragment that htmx puts below the table after each save."""
    checked = _checked(request, plan, typed)
    context = _context(checked, plan) | {
        "live": [line for lines in live_lines(checked) for line in lines],
        "comes_to": needed_page.comes_to(checked),
        "revision": saved.revision,
        "saved_at": saved.edited_at,
        "said": said,
        "is_cleared": CLEARED in said,
        "is_check": True,
    }
    return render(request, "tapers/_draft_check.html", context)


def _conflict(request: ClinicRequest, draft: Draft, typed: TypedDraft, current: Draft) -> HttpResponse:
    """Somebody else saved first: show both texts on one page, so that nothing typed is lost."""
    if request.htmx:
        status = HTTPStatus.CONFLICT
        answer = render(request, "tapers/_draft_conflict.html", {"current": current}, status=status)
        return reswap(retarget(answer, "#save-state"), "innerHTML")
    theirs = _checked(request, draft.plan, from_json(current.content))
    conflict = conflict_of(current, theirs, typed)
    return _page(request, draft, typed, current.revision, conflict)
