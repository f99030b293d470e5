"""What was dispensed is written down once; a slip is corrected by another row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from taperplanner.accounts.models import User
from taperplanner.attempts import Refused
from taperplanner.audit.log import record
from taperplanner.doses import Quantity
from taperplanner.patients.actions import keep_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.tapers.models import Plan, Product
from taperplanner.tapers.models.plans import next_number

from ..models import Dispensing


class CannotRecordDispensing(Refused):
    pass


@dataclass(frozen=True, slots=True)
class DispensingDetails:
    product: Product
    quantity: Quantity
    dispensed_on: date
    far_reason: str = ""  # why a date far from the plan is meant


@transaction.atomic
def record_dispensing(*, plan: Plan, details: DispensingDetails, by: User, at: datetime) -> Dispensing:
    """Raises: CannotRecordDispensing."""
    _check(plan, details)
    if not details.quantity:
        raise CannotRecordDispensing("Enter how many were dispensed.")
    row = _write(Dispensing(plan=plan), details, by=by, at=at)
    record("supply.dispensed", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {row}")
    return row


@transaction.atomic
def correct_dispensing(
    *, dispensing: Dispensing, details: DispensingDetails, why: str, by: User, at: datetime
) -> Dispensing:
    """A quantity of zero: it was not dispensed. Raises: CannotRecordDispensing."""
    plan = dispensing.plan
    _check(plan, details)
    if not why:
        raise CannotRecordDispensing("Write what was wrong.")
    if Dispensing.objects.filter(corrects=dispensing).exists():
        raise CannotRecordDispensing("This was corrected already. Correct the newer one.")
    row = _write(Dispensing(plan=plan, corrects=dispensing, why_corrected=why), details, by=by, at=at)
    record("supply.corrected", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {row}")
    return row


def _check(plan: Plan, details: DispensingDetails) -> None:
    lock_open(plan.patient, CannotRecordDispensing)
    if details.product.plan_id != plan.pk:
        raise CannotRecordDispensing("Choose a product of this plan.")


def _write(row: Dispensing, details: DispensingDetails, *, by: User, at: datetime) -> Dispensing:
    row.number = next_number(row.plan.dispensings.all())
    row.product, row.dispensed_on = details.product, details.dispensed_on
    row.quantity_thousandths = details.quantity.thousandths
    row.recorded_by, row.recorded_by_name, row.recorded_at = by, by.full_title, at
    row.save()
    of = f"{row.plan}, {row}"
    keep_far_day(
        patient=row.plan.patient, of=of, day=row.dispensed_on, reason=details.far_reason, by=by, at=at
    )
    return row
