"""A review is recorded once and never changes. A correction is another review that refers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.actions import record_far_day
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number
from taperplanner.tapers.models import Plan

from ..models import PlanReview, ReviewItem
from .items import ITEMS


class CannotRecordReview(Refused):
    pass


@dataclass(frozen=True, slots=True)
class Considered:
    """`answer`: one of the item's. `done_on`: a day, a month or a year, as `partial_days` writes it."""

    answer: str
    done_on: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewDetails:
    """`considered`: by the item's key. `next_due_on`: typed; None leaves the day that stands as it is."""

    reviewed_on: date
    considered: Mapping[str, Considered]
    next_due_on: date | None = None
    far_days: Mapping[date, str] = field(
        default_factory=dict
    )  # why each date far from its neighbours is meant


@audited_transaction()
def record_review(*, plan: Plan, details: ReviewDetails, by: User, at: datetime) -> PlanReview:
    """Raises: CannotRecordReview."""
    lock_open(plan.patient, CannotRecordReview)
    review = _write(PlanReview(plan=plan), details, by=by, at=at)
    record("review.recorded", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {review}")
    return review


@audited_transaction()
def correct_review(
    *, review: PlanReview, details: ReviewDetails, why: str, by: User, at: datetime
) -> PlanReview:
    """Raises: CannotRecordReview."""
    plan = review.plan
    lock_open(plan.patient, CannotRecordReview)
    if not why:
        raise CannotRecordReview("Write what was wrong.")
    if PlanReview.objects.filter(corrects=review).exists():
        raise CannotRecordReview("This review was corrected already. Correct the newer one.")
    if PlanReview.objects.filter(pk=review.pk, error__isnull=False).exists():
        raise CannotRecordReview("This review was marked as entered in error. Record a new one.")
    row = _write(PlanReview(plan=plan, corrects=review, why_corrected=why), details, by=by, at=at)
    record("review.corrected", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {row}")
    return row


def _write(review: PlanReview, details: ReviewDetails, *, by: User, at: datetime) -> PlanReview:
    """Children first, the review last."""
    _check(details)
    plan = review.plan
    review.number = next_number(plan.reviews.all())
    review.reviewed_on, review.next_due_on = details.reviewed_on, details.next_due_on
    review.recorded_by, review.recorded_by_name, review.recorded_at = by, by.full_title, at
    ReviewItem.objects.bulk_create(
        ReviewItem(review=review, item=key, answer=one.answer, done_on=one.done_on, note=one.note)
        for key, one in details.considered.items()
    )
    review.save()
    for day, reason in details.far_days.items():
        of = f"{plan}, {review}"
        record_far_day(patient=plan.patient, of=of, day=day, reason=reason, by=by, at=at)
    return review


def _check(details: ReviewDetails) -> None:
    if not details.considered and details.next_due_on is None:
        raise CannotRecordReview("Record one of them at least, or the date of the next review.")
    if details.next_due_on is not None and details.next_due_on <= details.reviewed_on:
        raise CannotRecordReview("The next review comes after this one. Check the two dates.")
    for key, one in details.considered.items():
        if key not in ITEMS or one.answer not in dict(ITEMS[key].answers):
            raise CannotRecordReview("Choose one of the answers on the page.")
