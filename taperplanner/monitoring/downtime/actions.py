"""A form is written, typed in once, or set aside; a hold that was asked for on one is answered by a provider."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django import forms

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.days import without_weekday
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan, Version

from ..models import (
    BlankForm,
    CheckIn,
    Dispensing,
    EnteredLater,
    FormKind,
    FormRun,
    FormSetAside,
    HoldAnswer,
    HoldRequest,
    NotEntered,
    RunSetAside,
)
from .contents import Contents, PaperForm, form_of_code
from .details import FromPaper
from .forms import CODE, UNKNOWN
from .waiting import waiting_in

NOTHING_CHANGED: Final = "Nothing was changed: it was typed in or set aside meanwhile."


class WrongCode(Refused):
    """It is said at the code, and everything that was typed stays."""

    def show_on(self, form: forms.Form, field: str | None) -> None:  # noqa: ARG002
        form.add_error(CODE, str(self))


class CannotSetAside(Refused):
    pass


class CannotAskForHold(Refused):
    pass


class CannotAnswerHold(Refused):
    pass


@audited_transaction()
def write_forms(
    *, clinic: Clinic, contents: Contents, restricted: bool, by: User | None, at: datetime
) -> FormRun:
    """What one file holds, before it can be read."""
    locked = Clinic.objects.select_for_update().get(pk=clinic.pk)
    run = FormRun.objects.create(
        clinic=locked,
        number=next_number(locked.form_runs.all()),
        is_restricted=restricted,
        written_at=at,
        first_code=contents.first,
        last_code=contents.last,
        contents=contents.said,
    )
    record("down_time_forms.written", by=by, at=at, clinic_id=clinic.pk, subject=str(run))
    return run


@audited_transaction()
def enter_form(
    *, paper: FromPaper, row: CheckIn | Dispensing | HoldRequest, day: date, by: User, at: datetime
) -> EnteredLater:
    """In the transaction that writes the record. The patient is locked. Raises: WrongCode."""
    kind, name = _kind_of(row)
    form = _form_of(paper, row.plan, kind, day=day)
    entered = EnteredLater.objects.create(
        form=form,
        time_of_day=paper.time_of_day,
        entered_by=by,
        entered_by_name=by.full_title,
        entered_at=at,
        **{name: row},
    )
    record(
        "down_time_form.entered",
        by=by,
        at=at,
        patient_id=row.plan.patient_id,
        subject=f"{row.plan}, {row}, {form}",
    )
    return entered


@audited_transaction()
def set_aside(*, run: FormRun, form: PaperForm, why: NotEntered, by: User, at: datetime) -> FormSetAside:
    """Raises: CannotSetAside, if it was typed in or set aside meanwhile."""
    row = _row_of(run, form)
    if BlankForm.objects.settled().filter(pk=row.pk).exists():
        raise CannotSetAside(NOTHING_CHANGED)
    aside = FormSetAside.objects.create(form=row, why=why, said_by=by, said_by_name=by.full_title, said_at=at)
    of = Plan.objects.get(pk=form.plan_id).patient_id if form.plan_id else None
    record("down_time_form.set_aside", by=by, at=at, patient_id=of, subject=str(row))
    return aside


@audited_transaction()
def set_rest_aside(*, run: FormRun, closed_plans: Collection[UUID], by: User, at: datetime) -> RunSetAside:
    """All that wait as not used, but those of plans that are closed to who says so. Raises: CannotSetAside, if none does."""
    _lock_forms(run.clinic)
    if all(form.plan_id in closed_plans for form in waiting_in(run)):
        raise CannotSetAside(NOTHING_CHANGED)
    rest = RunSetAside.objects.create(
        run=run,
        closed_plans=sorted(plan.hex for plan in closed_plans),
        said_by=by,
        said_by_name=by.full_title,
        said_at=at,
    )
    record("down_time_forms.set_aside", by=by, at=at, subject=str(run))
    return rest


@audited_transaction()
def ask_for_hold(
    *,
    plan: Plan,
    asked_on: date,
    asked_by: str,
    why: str,
    paper: FromPaper,
    far_reason: str = "",
    by: User,
    at: datetime,
) -> HoldRequest:
    """It changes no schedule and starts no draft. Raises: CannotAskForHold, WrongCode."""
    lock_open(plan.patient, CannotAskForHold)
    row = HoldRequest.objects.create(
        plan=plan,
        number=next_number(plan.hold_requests.all()),
        asked_on=asked_on,
        asked_by=asked_by,
        why=why,
        recorded_by=by,
        recorded_by_name=by.full_title,
        recorded_at=at,
    )
    of = f"{plan}, {row}"
    record_far_day(patient=plan.patient, of=of, day=asked_on, reason=far_reason, by=by, at=at)
    record("hold.asked_for", by=by, at=at, patient_id=plan.patient_id, subject=of)
    enter_form(paper=paper, row=row, day=asked_on, by=by, at=at)
    return row


@audited_transaction()
def answer_hold(
    *, request: HoldRequest, version: Version | None, reason: str, by: User, at: datetime
) -> HoldAnswer:
    """By a version that was signed since, or with the reason why there is none. Raises: CannotAnswerHold."""
    plan = request.plan
    lock_open(plan.patient, CannotAnswerHold)
    if HoldAnswer.objects.filter(request=request).exists():
        raise CannotAnswerHold("Somebody answered this meanwhile. Read it again.")
    if version is None and not reason:
        raise CannotAnswerHold("Write why no hold was signed.")
    if version is not None and version.plan_id != plan.pk:
        raise CannotAnswerHold("Choose a version of this plan.")
    answer = HoldAnswer.objects.create(
        request=request,
        version=version,
        reason=reason,
        answered_by=by,
        answered_by_name=by.full_title,
        answered_at=at,
    )
    record("hold.answered", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {request}")
    return answer


def _kind_of(row: CheckIn | Dispensing | HoldRequest) -> tuple[FormKind, str]:
    kinds = {
        CheckIn: (FormKind.CHECK_IN, "check_in"),
        Dispensing: (FormKind.DISPENSING, "dispensing"),
        HoldRequest: (FormKind.HOLD, "hold"),
    }
    return kinds[type(row)]


def _form_of(paper: FromPaper, plan: Plan, kind: FormKind, *, day: date) -> BlankForm:
    """Raises: WrongCode."""
    clinic = plan.patient.clinic
    found = form_of_code(clinic, paper.code)
    if found is None:
        raise WrongCode(UNKNOWN)
    run, form = found
    if form.kind != kind:
        raise WrongCode(f"This is the code of a form “{form.kind.label}”. Type it in on that page.")
    if form.plan_id is not None and form.plan_id != plan.pk:
        raise WrongCode("This form was written for another plan or patient. Check whose record this is.")
    row = _row_of(run, form)
    entered = EnteredLater.objects.filter(form=row).first()
    if entered is not None:
        day_entered = without_weekday(clinic.day_of(entered.entered_at))
        raise WrongCode(f"This form was typed in already, on {day_entered} by {entered.entered_by_name}.")
    written = clinic.day_of(run.written_at)
    if day < written:
        raise WrongCode(
            f"This form was written on {without_weekday(written)}, and the day typed above is before it. Check the"
            " day and the code."
        )
    return row


def _row_of(run: FormRun, form: PaperForm) -> BlankForm:
    """Locked until the transaction ends, so that what becomes of one form at once is one after the other."""
    _lock_forms(run.clinic)
    row = run.forms.filter(position=form.position).first()
    if row is not None:
        return row
    return BlankForm.objects.create(
        run=run, position=form.position, kind=form.kind, code=form.code, plan_id=form.plan_id
    )


def _lock_forms(clinic: Clinic) -> None:
    """Two who type in the same form at once are one after the other. What names the clinic need not wait."""
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
