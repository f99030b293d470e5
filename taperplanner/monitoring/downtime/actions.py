"""A form is written, typed in once, or set aside; a hold that was asked for on one is answered by a provider."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django import forms

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.days import without_weekday
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan, Version
from taperplanner.typed_codes import read_code

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
)
from ..models.downtime import CODE_LENGTH
from .details import FromPaper, NewForm
from .forms import CODE

UNKNOWN = "No down-time form of this clinic has this code. Read it again from the form, sign by sign."


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
    *, clinic: Clinic, new: Iterable[NewForm], restricted: bool, by: User | None, at: datetime
) -> FormRun:
    """What one file holds, before it is written."""
    locked = Clinic.objects.select_for_update().get(pk=clinic.pk)
    run = FormRun(
        clinic=locked, number=next_number(locked.form_runs.all()), is_restricted=restricted, written_at=at
    )
    BlankForm.objects.bulk_create(
        [
            BlankForm(run=run, position=position, kind=one.kind, code=one.code, plan_id=one.plan_id)
            for position, one in enumerate(new, 1)
        ]
    )
    run.save()
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
def set_aside(*, forms: Sequence[BlankForm], why: NotEntered, by: User, at: datetime) -> int:
    """Those that still wait: another may have been typed in meanwhile. Raises: CannotSetAside, if none does."""
    wanted = [form.pk for form in forms]
    _lock_forms(by.clinic)
    waiting = list(BlankForm.objects.filter(pk__in=wanted).waiting())
    if not waiting:
        raise CannotSetAside("Nothing was changed: it was typed in or set aside meanwhile.")
    plans = Plan.objects.in_bulk([form.plan_id for form in waiting if form.plan_id])
    said = {"why": why, "said_by": by, "said_by_name": by.full_title, "said_at": at}
    for form in waiting:
        FormSetAside.objects.create(form=form, **said)
        of = plans[form.plan_id].patient_id if form.plan_id else None
        record("down_time_form.set_aside", by=by, at=at, patient_id=of, subject=str(form))
    return len(waiting)


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


def _lock_forms(clinic: Clinic) -> None:
    """Two who type in the same form at once are one after the other. What names the clinic need not wait."""
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)


def _form_of(paper: FromPaper, plan: Plan, kind: FormKind, *, day: date) -> BlankForm:
    """Raises: WrongCode."""
    clinic = plan.patient.clinic
    _lock_forms(clinic)
    found = BlankForm.objects.filter(run__clinic=clinic, code=read_code(paper.code, CODE_LENGTH))
    form = found.select_related("run").first()
    if form is None:
        raise WrongCode(UNKNOWN)
    if form.kind != kind:
        raise WrongCode(f"This is the code of a form “{form.get_kind_display()}”. Type it in on that page.")
    if form.plan_id is not None and form.plan_id != plan.pk:
        raise WrongCode("This form was written for another plan or patient. Check whose record this is.")
    entered = EnteredLater.objects.filter(form=form).first()
    if entered is not None:
        day_entered = without_weekday(clinic.day_of(entered.entered_at))
        raise WrongCode(f"This form was typed in already, on {day_entered} by {entered.entered_by_name}.")
    written = clinic.day_of(form.run.written_at)
    if day < written:
        raise WrongCode(
            f"This form was written on {without_weekday(written)}, and the day typed above is before it. Check the"
            " day and the code."
        )
    return form
