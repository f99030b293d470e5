"""Check-ins: recorded, read, and corrected by another one.

A danger sign is saved in the request that brings it, even if the rest of the form is invalid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import SAVED_ALREADY, key_in, once, taken_once_within
from taperplanner.accounts.permissions import Permission
from taperplanner.guidance.library import library
from taperplanner.patients.concerns import DOCUMENTED
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit
from taperplanner.tapers.beside import Topic
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan
from taperplanner.tapers.page import beside_plan

from ..danger import signs_in
from ..downtime.forms import CODE
from ..downtime.marks import mark_of
from ..emergencies.actions import raise_emergency
from ..emergencies.page import emergencies_of, emergency_context, help_by_kind
from ..models import CheckIn
from ..near import near_plan
from . import actions
from .asked import asked_of
from .decorators import keeps_danger, with_check_in
from .forms.check_in import MORE, TODAY, CheckInForm, CorrectionForm, NewCheckInForm
from .forms.runs import MORE_ROWS, days_in, products_in, reported_in_mg, rows_in
from .lines import check_in_parts, last_said
from .new_medicines import medicines_named

F = TypeVar("F", bound=CheckInForm)
BESIDE: Final = (("monitoring", "What to look for"),)
RECORDED: Final = "The check-in was saved."
CORRECTED: Final = "The correction was saved. The check-in that it corrects stays readable."


@require_http_methods(["GET", "POST"])
@requires(Permission.RECORD_MONITORING)
@with_plan
@keeps_danger
@taken_once_within
def check_in_add(request: ClinicRequest, plan: Plan) -> HttpResponse:
    initial = {name: request.GET.get(name, "") for name in ("follow_up", CODE)}
    form = _form(request, plan, NewCheckInForm, initial, closes=True)
    record = partial(actions.record_check_in, plan=plan, form_key=key_in(request), **request.stamp)
    if answer := _submit(
        request,
        form,
        RECORDED,
        lambda: record(details=form.details, follow_up=form.answered, paper=form.from_paper),
    ):
        return answer
    context = {"form": form, **_raised(request, plan), **_beside(request, plan), "last": last_said(plan)}
    return patient_page(request, plan.patient, "monitoring/check_in_add.html", context)


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
    form = _form(request, plan, CorrectionForm, initial, in_mg=reported_in_mg(check_in))
    correct = partial(actions.correct_check_in, check_in=check_in, form_key=key_in(request), **request.stamp)
    if answer := _submit(request, form, CORRECTED, lambda: correct(details=form.details, why=form.why)):
        return answer
    raised = _raised(request, plan, known=check_in.danger_signs())
    context = {"form": form, "check_in": check_in, **raised, **_beside(request, plan)}
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


def _form(
    request: ClinicRequest,
    plan: Plan,
    kind: type[F],
    initial: dict[str, Any],
    *,
    closes: bool = False,
    in_mg: bool = False,
) -> F:
    """`closes`: a follow-up may be done by it.

    The buttons for today's date, the sum and more rows show the page again with everything typed, and save nothing.
    """
    data = bound_data(request)
    if data is not None and "more" in data:
        initial, data = _again(request, data), None
    values = initial if data is None else data
    rows = [row.as_data() for row in plan.products.by_number()]
    retired = set(plan.products.exclude(retired_at=None).values_list("number", flat=True))
    asked = asked_of(plan, today=request.today, reported_days=days_in(values))
    return kind(
        data,
        initial=initial,
        today=request.today,
        # Those in use, and a retired one of which something is said: nothing typed falls away unseen.
        products=[one for one in rows if one.number not in retired or values.get(f"left_{one.number}")],
        asked=asked.with_products(products_in(values, rows)),
        drug=plan.drug,
        in_mg=in_mg,
        follow_ups=list(plan.follow_ups.open().by_day()) if closes else (),
        settled=plan.follow_ups.values_list("number", flat=True) if closes else (),
        near=near_plan(plan),
    )


def _again(request: ClinicRequest, data: QueryDict) -> dict[str, Any]:
    sent: dict[str, Any] = data.dict()
    if data["more"] == TODAY:
        sent["happened_on"] = request.today
    more_rows = MORE_ROWS if data["more"] == MORE else 0
    return {**sent, "rows": str(rows_in(data) + more_rows)}


def _beside(request: ClinicRequest, plan: Plan) -> dict[str, Any]:
    """The signs of an emergency, what to look for, and whom to call."""
    today = request.today
    # The signs are a body's, whatever was taken.
    signs = Topic("emergency", "Signs of an emergency", library().topic("emergency", beside=True))
    return {
        "plan": plan,
        "today": today,
        "help_by_kind": help_by_kind(plan, today),
        "beside": beside_plan(request, plan, BESIDE, urgent=signs),
    }
