"""Many synthetic plans at once, each signed, with a review and a follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.monitoring.models import FollowUp, PlanReview, ReviewItem
from taperplanner.patients.details import MedicationDetails
from taperplanner.patients.medications.filing import filed
from taperplanner.patients.models import MedicationRecord, MedicationReview, Patient
from taperplanner.tapers import actions as tapers
from taperplanner.tapers.draft.typed import TypedDraft
from taperplanner.tapers.drug_names import drug_of
from taperplanner.tapers.models import Draft, Plan, Product

FOLLOW_UP: str = "Phone call: how the new step goes"


@dataclass(frozen=True, slots=True)
class PlanToMake:
    """Of a patient who has none. `patient.clinic` must be at hand."""

    patient: Patient
    typed: TypedDraft
    follow_up_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """What each of the plans says of itself. `drug`: as the vocabulary has it. `meant`: why each warning is meant."""

    medication: MedicationDetails
    products: Sequence[tapers.ProductDetails]
    details: tapers.PlanDetails
    meant: str
    next_review_on: date


@audited_transaction()
def make_many_plans(
    *, plans: Sequence[PlanToMake], said: Said, today: date, by: User, at: datetime
) -> list[Plan]:
    """The rows and the events that the actions of each room make of each. Raises: CannotSign, NotConfirmed."""
    patients = [one.patient for one in plans]
    medications = _medications(patients, said.medication, by=by, at=at)
    made = [
        Plan(
            patient=patient,
            number=1,
            medication=medication,
            drug=drug_of(medication),
            opened_by=by,
            opened_at=at,
            **asdict(said.details),
        )
        for patient, medication in zip(patients, medications, strict=True)
    ]
    Plan.objects.bulk_create(made)
    for plan in made:
        record("plan.opened", by=by, at=at, **_about(plan))
    _products(made, said.products, by=by, at=at)
    drafts = [
        Draft(plan=plan, content=one.typed.as_json(), typed_by=[str(by.pk)])
        for plan, one in zip(made, plans, strict=True)
    ]
    for plan in made:
        record("draft.saved", by=by, at=at, **_about(plan), details={"revision": 2})
    tapers.sign_first_versions(drafts=drafts, meant=said.meant, today=today, by=by, at=at)
    _reviews(made, said.next_review_on, today, by=by, at=at)
    _follow_ups(made, [one.follow_up_on for one in plans], by=by, at=at)
    return made


def _medications(
    patients: Sequence[Patient], details: MedicationDetails, *, by: User, at: datetime
) -> list[MedicationRecord]:
    filing = filed(details.name)
    assert filing is not None  # noqa: S101 - the vocabulary has it
    columns: dict[str, Any] = asdict(details) | asdict(filing)
    records = [MedicationRecord(patient=patient, changed_at=at, **columns) for patient in patients]
    MedicationRecord.objects.bulk_create(records)
    history = MedicationRecord.history.bulk_history_create(
        records, default_user=by, default_date=at, default_change_reason=None
    )
    for medication, row in zip(records, history, strict=True):
        subject = str(medication.pk)
        record(
            "medication.added",
            by=by,
            at=at,
            patient_id=medication.patient_id,
            subject=subject,
            tells_of=[row],
        )
    reviews = MedicationReview.objects.bulk_create(
        MedicationReview(
            patient=patient, reviewed_by=by, reviewed_by_name=by.full_title, reviewed_at=at, records_count=1
        )
        for patient in patients
    )
    for review in reviews:
        record(
            "medications.reviewed",
            by=by,
            at=at,
            patient_id=review.patient_id,
            subject=str(review.pk),
            tells_of=[review],
        )
    return records


def _products(
    plans: Sequence[Plan], products: Sequence[tapers.ProductDetails], *, by: User, at: datetime
) -> None:
    Product.objects.bulk_create(
        Product(
            plan=plan,
            number=number,
            drug=plan.drug,
            confirmed_by=by,
            confirmed_at=at,
            **details.as_columns(),
        )
        for plan in plans
        for number, details in enumerate(products, 1)
    )
    for plan in plans:
        for number, _ in enumerate(products, 1):
            record("product.added", by=by, at=at, **_about(plan, f"product {number}"))


def _reviews(plans: Sequence[Plan], next_due_on: date, reviewed_on: date, *, by: User, at: datetime) -> None:
    reviews = [
        PlanReview(
            plan=plan,
            number=1,
            reviewed_on=reviewed_on,
            next_due_on=next_due_on,
            recorded_by=by,
            recorded_by_name=by.full_title,
            recorded_at=at,
        )
        for plan in plans
    ]
    ReviewItem.objects.bulk_create(
        ReviewItem(review=review, item="risk_benefit", answer="weighed", done_on=reviewed_on.isoformat())
        for review in reviews
    )
    PlanReview.objects.bulk_create(reviews)
    for review in reviews:
        record("review.recorded", by=by, at=at, **_about(review.plan, str(review)), tells_of=[review])


def _follow_ups(plans: Sequence[Plan], days: Sequence[date], *, by: User, at: datetime) -> None:
    FollowUp.objects.bulk_create(
        FollowUp(plan=plan, number=1, due_on=day, purpose=FOLLOW_UP, assigned_to=by, added_by=by, added_at=at)
        for plan, day in zip(plans, days, strict=True)
    )
    for plan in plans:
        record("follow_up.added", by=by, at=at, **_about(plan, "follow-up 1"))


def _about(plan: Plan, part: str = "") -> dict[str, Any]:
    return {"patient_id": plan.patient_id, "subject": f"{plan}, {part}" if part else str(plan)}
