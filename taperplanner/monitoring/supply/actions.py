"""What was dispensed or counted is recorded once; a slip is corrected by another record."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.doses import Quantity
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan, Product

from ..downtime.actions import enter_form
from ..downtime.details import FromPaper
from ..models import Dispensing, HomeCount, ShortfallNote
from .balance import NOTHING
from .counted import why_not
from .questions import about_count, about_dispensing, ask


class CannotRecordDispensing(Refused):
    pass


class CannotRecordCount(Refused):
    pass


class CannotExplainShortfall(Refused):
    pass


@dataclass(frozen=True, slots=True)
class DispensingDetails:
    """`answered`: keys of the questions that were answered with yes."""

    product: Product
    quantity: Quantity
    dispensed_on: date
    far_reason: str = ""  # why a date far from the plan is meant
    answered: Set[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDetails:
    """What was left, and what is known to be gone. `answered`: as above."""

    product: Product
    counted_on: date
    is_after_doses: bool
    left: Quantity
    lost: Quantity = NOTHING
    returned: Quantity = NOTHING
    destroyed: Quantity = NOTHING
    reason: str = ""
    far_reason: str = ""  # why a date far from the plan is meant
    answered: Set[str] = frozenset()

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return self.left, self.lost, self.returned, self.destroyed


@audited_transaction()
def record_dispensing(
    *, plan: Plan, details: DispensingDetails, paper: FromPaper | None = None, by: User, at: datetime
) -> Dispensing:
    """`paper`: the down-time form that it stood on. Raises: CannotRecordDispensing, AsksFirst, WrongCode."""
    lock_open(plan.patient, CannotRecordDispensing)
    _check(plan, details)
    row = _write(Dispensing(plan=plan), details, by=by, at=at)
    record("supply.dispensed", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {row}")
    if paper is not None:
        enter_form(paper=paper, row=row, day=row.dispensed_on, by=by, at=at)
    return row


@audited_transaction()
def correct_dispensing(
    *, dispensing: Dispensing, details: DispensingDetails, why: str, by: User, at: datetime
) -> Dispensing:
    """Raises: CannotRecordDispensing, AsksFirst."""
    plan = dispensing.plan
    lock_open(plan.patient, CannotRecordDispensing)
    if not why:
        raise CannotRecordDispensing("Write what was wrong.")
    if Dispensing.objects.filter(corrects=dispensing).exists():
        raise CannotRecordDispensing("This was corrected already. Correct the newer one.")
    if Dispensing.objects.filter(pk=dispensing.pk, error__isnull=False).exists():
        raise CannotRecordDispensing("This was marked as entered in error. Record anew what was dispensed.")
    _check(plan, details, corrects=dispensing)
    row = _write(Dispensing(plan=plan, corrects=dispensing, why_corrected=why), details, by=by, at=at)
    record("supply.corrected", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {row}")
    return row


@audited_transaction()
def record_count(*, plan: Plan, details: CountDetails, by: User, at: datetime) -> HomeCount:
    """Raises: CannotRecordCount, AsksFirst."""
    lock_open(plan.patient, CannotRecordCount)
    if details.product.plan_id != plan.pk:
        raise CannotRecordCount("Choose a product of this plan.")
    for quantity in details.quantities:
        if wrong := why_not(details.product.as_data(), quantity):
            raise CannotRecordCount(wrong)
    if any(details.quantities[1:]) and not details.reason:
        raise CannotRecordCount("Write how it was lost, returned or destroyed.")
    ask(
        about_count(plan, details.product, details.left, details.counted_on),
        answered=details.answered,
    )
    row = HomeCount(
        plan=plan,
        number=next_number(plan.home_counts.all()),
        product=details.product,
        counted_on=details.counted_on,
        is_after_doses=details.is_after_doses,
        left_thousandths=details.left.thousandths,
        lost_thousandths=details.lost.thousandths,
        returned_thousandths=details.returned.thousandths,
        destroyed_thousandths=details.destroyed.thousandths,
        reason=details.reason,
        recorded_by=by,
        recorded_by_name=by.full_title,
        recorded_at=at,
    )
    row.save()
    of = f"{plan}, {row}"
    record_far_day(patient=plan.patient, of=of, day=row.counted_on, reason=details.far_reason, by=by, at=at)
    record("supply.counted", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {row}")
    return row


@audited_transaction()
def explain_shortfall(*, product: Product, text: str, by: User, at: datetime) -> ShortfallNote:
    """Explain why less was left than expected. Raises: CannotExplainShortfall."""
    plan = product.plan
    lock_open(plan.patient, CannotExplainShortfall)
    if not text:
        raise CannotExplainShortfall("Write an explanation.")
    note = ShortfallNote.objects.create(
        product=product, text=text, written_by=by, written_by_name=by.full_title, written_at=at
    )
    record("supply.shortfall_explained", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}")
    return note


def _check(plan: Plan, details: DispensingDetails, corrects: Dispensing | None = None) -> None:
    if details.product.plan_id != plan.pk:
        raise CannotRecordDispensing("Choose a product of this plan.")
    if not details.quantity:
        raise CannotRecordDispensing(
            "Enter how many were dispensed."
            if corrects is None
            else "If nothing was dispensed, mark it as entered in error instead."
        )
    if wrong := why_not(details.product.as_data(), details.quantity):
        raise CannotRecordDispensing(wrong)
    questions = about_dispensing(plan, details.product, details.quantity, details.dispensed_on, but=corrects)
    ask(questions, answered=details.answered)


def _write(row: Dispensing, details: DispensingDetails, *, by: User, at: datetime) -> Dispensing:
    row.number = next_number(row.plan.dispensings.all())
    row.product, row.dispensed_on = details.product, details.dispensed_on
    row.quantity_thousandths = details.quantity.thousandths
    row.recorded_by, row.recorded_by_name, row.recorded_at = by, by.full_title, at
    row.save()
    of = f"{row.plan}, {row}"
    record_far_day(
        patient=row.plan.patient, of=of, day=row.dispensed_on, reason=details.far_reason, by=by, at=at
    )
    return row
