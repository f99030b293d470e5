"""A check-in is recorded once. What was wrong in it is said by another one, which names it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taperplanner.accounts.models import User
from taperplanner.attempts import Refused
from taperplanner.audit.log import record
from taperplanner.patients.actions import keep_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.tapers.models import Plan
from taperplanner.tapers.models.plans import next_number

from ..danger import danger_signs
from ..details import CheckInDetails
from ..models import CheckIn, CountedLeft, Emergency, FollowUp, ReportedRun, Status, SymptomRating

SAME_NAMED = (
    "missed_or_extra", "alcohol", "alcohol_note", "opioids", "opioids_note", "new_medicines", "new_medicines_note",
    "decision", "decision_note", "systolic", "diastolic", "pulse", "happened_on", "contact",
)  # fmt: skip


class CannotRecordCheckIn(Refused):
    pass


class CannotCorrectCheckIn(Refused):
    pass


@transaction.atomic
def record_check_in(
    *, plan: Plan, details: CheckInDetails, follow_up: FollowUp | None = None, by: User, at: datetime
) -> CheckIn:
    """Settle the follow-up it answers, and raise an emergency if it holds a danger sign.

    Raises: CannotRecordCheckIn.
    """
    lock_open(plan.patient, CannotRecordCheckIn)
    if follow_up is not None:
        _settle(plan, follow_up, by=by, at=at)
    check_in = CheckIn(plan=plan, number=next_number(plan.check_ins.all()), follow_up=follow_up)
    signs = _write(check_in, details, by=by, at=at)
    if signs:
        _raise(check_in, signs, by=by, at=at)
    _record("check_in.recorded", check_in, is_emergency=bool(signs), by=by, at=at)
    return check_in


@transaction.atomic
def correct_check_in(
    *, check_in: CheckIn, details: CheckInDetails, why: str, by: User, at: datetime
) -> CheckIn:
    """A danger sign that the corrected one did not hold raises an emergency of its own.

    Raises: CannotCorrectCheckIn.
    """
    plan = check_in.plan
    lock_open(plan.patient, CannotCorrectCheckIn)
    if not why:
        raise CannotCorrectCheckIn("Write what was wrong.")
    if CheckIn.objects.filter(corrects=check_in).exists():
        raise CannotCorrectCheckIn("This check-in was corrected already. Correct the newer one.")
    correction = CheckIn(
        plan=plan,
        number=next_number(plan.check_ins.all()),
        follow_up=check_in.follow_up,
        corrects=check_in,
        why_corrected=why,
    )
    signs = _write(correction, details, by=by, at=at)
    is_new = bool(set(signs) - set(_signs_of(check_in)))
    if is_new:
        _raise(correction, signs, by=by, at=at)
    _record("check_in.corrected", correction, is_emergency=is_new, by=by, at=at)
    return correction


def _signs_of(check_in: CheckIn) -> tuple[str, ...]:
    ratings = dict(check_in.ratings.values_list("symptom", "severity"))
    return danger_signs(ratings=ratings, phq9_items=check_in.phq9_items, decision=check_in.decision)


def _settle(plan: Plan, follow_up: FollowUp, *, by: User, at: datetime) -> None:
    current = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if current.plan_id != plan.pk:
        raise CannotRecordCheckIn("That follow-up is not one of this plan.")
    if not current.is_open:
        raise CannotRecordCheckIn("That follow-up was settled meanwhile. Choose another, or none.")
    current.status, current.settled_by, current.settled_at = Status.DONE, by, at
    current.revision += 1
    current.save()


def _write(check_in: CheckIn, details: CheckInDetails, *, by: User, at: datetime) -> tuple[str, ...]:
    """Children first, the check-in last. Its danger signs."""
    for name in SAME_NAMED:
        setattr(check_in, name, getattr(details, name))
    check_in.phq9_items, check_in.phq9_total = list(details.phq9.items), details.phq9.total
    check_in.gad7_items, check_in.gad7_total = list(details.gad7.items), details.gad7.total
    check_in.ciwa_b_total, check_in.bwsq_total = details.ciwa_b, details.bwsq
    check_in.recorded_by, check_in.recorded_by_name, check_in.recorded_at = by, by.full_title, at
    products = {product.number: product for product in check_in.plan.products.all()}
    SymptomRating.objects.bulk_create(
        SymptomRating(check_in=check_in, symptom=symptom, severity=severity)
        for symptom, severity in details.ratings.items()
    )
    ReportedRun.objects.bulk_create(
        ReportedRun(
            check_in=check_in,
            first_day=run.first_day,
            last_day=run.last_day,
            dose_nanograms=run.dose.nanograms,
        )
        for run in details.taken
    )
    CountedLeft.objects.bulk_create(
        CountedLeft(check_in=check_in, product=products[number], quantity_thousandths=quantity.thousandths)
        for number, quantity in details.left.items()
    )
    check_in.save()
    of = f"{check_in.plan}, {check_in}"
    keep_far_day(
        patient=check_in.plan.patient,
        of=of,
        day=details.happened_on,
        reason=details.far_reason,
        by=by,
        at=at,
    )
    return danger_signs(ratings=details.ratings, phq9_items=details.phq9.items, decision=details.decision)


def _raise(check_in: CheckIn, signs: tuple[str, ...], *, by: User, at: datetime) -> None:
    Emergency.objects.create(
        patient=check_in.plan.patient, check_in=check_in, signs=list(signs), raised_by=by, raised_at=at
    )


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
