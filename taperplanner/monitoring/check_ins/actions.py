"""A check-in is recorded once and never changes. A correction is another check-in that refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan

from ..danger import danger_signs
from ..downtime.actions import enter_form
from ..downtime.details import FromPaper
from ..models import (
    CheckIn,
    CheckInDraft,
    CountedLeft,
    Emergency,
    FollowUp,
    RaisedEarlier,
    ReportedRun,
    Status,
    SymptomRating,
    TakenQuantity,
)
from ..symptoms import SYMPTOMS
from .as_needed import AS_NEEDED
from .details import STORED_AS_TYPED, CheckInDetails


class CannotRecordCheckIn(Refused):
    pass


class CannotCorrectCheckIn(Refused):
    pass


class RecordedAlready(Exception):
    """This form was sent before. `check_in`: what it made."""

    def __init__(self, check_in: CheckIn) -> None:
        super().__init__(str(check_in))
        self.check_in = check_in


@audited_transaction()
def record_check_in(
    *,
    plan: Plan,
    details: CheckInDetails,
    follow_up: FollowUp | None = None,
    form_key: str = "",
    paper: FromPaper | None = None,
    by: User,
    at: datetime,
) -> CheckIn:
    """Settle the follow-up it answers, and raise an emergency for each danger sign that is new.

    `form_key`: of the form it was typed in, which may have raised an emergency before: the check-in names it. What was kept
    of that form as a draft goes.
    `paper`: the down-time form that it stood on.
    Raises: CannotRecordCheckIn; WrongCode, of the paper; RecordedAlready, where a form with a danger sign is sent again.
    """
    lock_open(plan.patient, CannotRecordCheckIn)
    earlier = _raised_earlier(plan, form_key, by)
    if follow_up is not None:
        _settle(plan, follow_up, by=by, at=at)
    check_in = CheckIn(plan=plan, number=next_number(plan.check_ins.all()), follow_up=follow_up)
    signs = _write(check_in, details, earlier, by=by, at=at)
    is_emergency = _raise(check_in, signs, earlier, form_key, by=by, at=at)
    _record("check_in.recorded", check_in, is_emergency=is_emergency, by=by, at=at)
    _let_go_of_draft(plan, form_key, by)
    if paper is not None:
        enter_form(paper=paper, row=check_in, day=check_in.happened_on, by=by, at=at)
    return check_in


@audited_transaction()
def correct_check_in(
    *, check_in: CheckIn, details: CheckInDetails, why: str, form_key: str = "", by: User, at: datetime
) -> CheckIn:
    """A danger sign that the corrected one did not hold raises an emergency of its own.

    `form_key` and what is raised: as `record_check_in` has them, CannotCorrectCheckIn in place of the other.
    """
    plan = check_in.plan
    lock_open(plan.patient, CannotCorrectCheckIn)
    earlier = _raised_earlier(plan, form_key, by)
    if not why:
        raise CannotCorrectCheckIn("Write what was wrong.")
    if CheckIn.objects.filter(corrects=check_in).exists():
        raise CannotCorrectCheckIn("This check-in was corrected already. Correct the newer one.")
    if CheckIn.objects.filter(pk=check_in.pk, error__isnull=False).exists():
        raise CannotCorrectCheckIn("This check-in was marked as entered in error. Record a new one.")
    correction = CheckIn(
        plan=plan,
        number=next_number(plan.check_ins.all()),
        follow_up=check_in.follow_up,
        corrects=check_in,
        why_corrected=why,
    )
    signs = _write(correction, details, earlier, by=by, at=at)
    known = check_in.danger_signs()
    new = [sign for sign in signs if sign not in known]
    is_emergency = _raise(correction, new, earlier, form_key, by=by, at=at)
    _record("check_in.corrected", correction, is_emergency=is_emergency, by=by, at=at)
    return correction


def _raised_earlier(plan: Plan, form_key: str, by: User) -> list[Emergency]:
    """Ask while the patient is locked. Raises: RecordedAlready."""
    earlier = list(Emergency.objects.of_form(plan, form_key, by).oldest_first().with_plan())
    for emergency in earlier:
        if emergency.recorded_in is not None:
            raise RecordedAlready(emergency.recorded_in)
    return earlier


def _let_go_of_draft(plan: Plan, form_key: str, by: User) -> None:
    """What the same person typed in another form stays."""
    if form_key:
        CheckInDraft.objects.filter(plan=plan).typed_by(by).of_form(form_key).delete()


def _settle(plan: Plan, follow_up: FollowUp, *, by: User, at: datetime) -> None:
    current = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if current.plan_id != plan.pk:
        raise CannotRecordCheckIn("That follow-up is not one of this plan.")
    if hasattr(current, "error"):
        raise CannotRecordCheckIn("That follow-up was marked as entered in error. Choose another, or none.")
    if not current.is_open:
        raise CannotRecordCheckIn("That follow-up was settled meanwhile. Choose another, or none.")
    current.status, current.settled_by, current.settled_at = Status.DONE, by, at
    current.revision += 1
    current.save()


def _write(
    check_in: CheckIn, details: CheckInDetails, earlier: Sequence[Emergency], *, by: User, at: datetime
) -> tuple[str, ...]:
    """Children first, the check-in last. Its danger signs."""
    for name in (*STORED_AS_TYPED, *AS_NEEDED):
        setattr(check_in, name, getattr(details, name))
    check_in.phq9_items, check_in.phq9_total = list(details.phq9.items), details.phq9.total
    check_in.gad7_items, check_in.gad7_total = list(details.gad7.items), details.gad7.total
    check_in.ciwa_b_total, check_in.bwsq_total = details.ciwa_b, details.bwsq
    check_in.symptoms_listed = len(SYMPTOMS)
    check_in.recorded_by, check_in.recorded_by_name, check_in.recorded_at = by, by.full_title, at
    products = {product.number: product for product in check_in.plan.products.all()}
    SymptomRating.objects.bulk_create(
        SymptomRating(check_in=check_in, symptom=symptom, severity=severity)
        for symptom, severity in details.ratings.items()
    )
    runs = {
        ReportedRun(
            check_in=check_in,
            first_day=run.first_day,
            last_day=run.last_day,
            dose_nanograms=run.dose.nanograms,
        ): run.quantities
        for run in details.taken
    }
    TakenQuantity.objects.bulk_create(
        TakenQuantity(run=run, product=products[number], quantity_thousandths=quantity.thousandths)
        for run, quantities in runs.items()
        for number, quantity in quantities
    )
    ReportedRun.objects.bulk_create(runs)
    CountedLeft.objects.bulk_create(
        CountedLeft(check_in=check_in, product=products[number], quantity_thousandths=quantity.thousandths)
        for number, quantity in details.left.items()
    )
    RaisedEarlier.objects.bulk_create(
        RaisedEarlier(check_in=check_in, emergency=emergency) for emergency in earlier
    )
    check_in.save()
    of = f"{check_in.plan}, {check_in}"
    for day, reason in details.far_days.items():
        record_far_day(patient=check_in.plan.patient, of=of, day=day, reason=reason, by=by, at=at)
    return danger_signs(
        ratings=details.ratings,
        phq9_items=details.phq9.items,
        phq9_total=details.phq9.total,
        decision=details.decision,
    )


def _raise(
    check_in: CheckIn,
    signs: Sequence[str],
    earlier: Sequence[Emergency],
    form_key: str,
    *,
    by: User,
    at: datetime,
) -> bool:
    """Whether there is an emergency, from before or now."""
    raised = {sign for emergency in earlier for sign in emergency.signs}
    new = [sign for sign in signs if sign not in raised]
    if new:
        Emergency.objects.create(
            patient=check_in.plan.patient,
            plan=check_in.plan,
            check_in=check_in,
            signs=new,
            form_key=form_key or None,
            raised_by=by,
            raised_at=at,
        )
    return bool(new or earlier)


def _record(action: str, check_in: CheckIn, *, is_emergency: bool, by: User, at: datetime) -> None:
    plan = check_in.plan
    record(
        action,
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=f"{plan}, {check_in}",
        details={"emergency": "raised"} if is_emergency else {},
    )
