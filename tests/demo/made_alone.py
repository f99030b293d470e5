"""One of the plans that `make_synthetic` makes, made by the actions of each room; and what there is to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.models import Event
from taperplanner.day_book.models import Due
from taperplanner.demo.actions.plans import FOLLOW_UP
from taperplanner.demo.many_people import person
from taperplanner.demo.many_plans import plan_of, said
from taperplanner.monitoring.follow_ups.actions import FollowUpDetails, add_follow_up
from taperplanner.monitoring.reviews.actions import Considered, ReviewDetails, record_review
from taperplanner.patients.actions import add_patient
from taperplanner.patients.medications.actions import add_medication, review_medications
from taperplanner.tapers import actions as tapers
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import TypedDraft, from_json
from taperplanner.tapers.models import Draft, Plan, Version

OF_EACH: Final = {
    "id", "clinic", "patient", "plan", "version", "step", "product", "medication", "review", "history_id",
    "history_date", "history_user", "history_relation", "content_hash", "typed_by", "signed_by",
}  # fmt: skip
PARTS: Final[tuple[Callable[[Plan], Iterable[Any]], ...]] = (
    lambda plan: [plan],
    lambda plan: plan.patient.medications.all(),
    lambda plan: plan.medication.history.all(),
    lambda plan: plan.patient.medication_reviews.all(),
    lambda plan: plan.products.by_number(),
    lambda plan: plan.versions.all(),
    lambda plan: plan.versions.get().steps.order_by("position"),
    lambda plan: plan.versions.get().doses.order_by("position", "time", "product_number"),
    lambda plan: plan.versions.get().products.order_by("number"),
    lambda plan: plan.reviews.all(),
    lambda plan: plan.reviews.get().items.all(),
    lambda plan: plan.follow_ups.all(),
    lambda plan: Due.objects.filter(plan=plan).order_by("kind", "first_day"),
)


def planned_alone(
    clinic: Clinic, by: User, at: datetime, *, number: int = 1, typed: TypedDraft | None = None
) -> Plan:
    """`number`: of the person. `typed`: another schedule than the plans of the command have."""
    plan, draft = drafted_alone(clinic, by, at, number=number, typed=typed)
    sign_alone(draft, by, at)
    today = clinic.day_of(at)
    what, how = said(today), {"by": by, "at": at}
    considered = {"risk_benefit": Considered("weighed", today.isoformat())}
    record_review(plan=plan, details=ReviewDetails(today, considered, what.next_review_on), **how)
    due_on = plan_of(plan.patient, 0, today, is_due=False).follow_up_on
    add_follow_up(plan=plan, due_on=due_on, details=FollowUpDetails(FOLLOW_UP, by), **how)
    return Plan.objects.get(pk=plan.pk)


def drafted_alone(
    clinic: Clinic, by: User, at: datetime, *, number: int = 1, typed: TypedDraft | None = None
) -> tuple[Plan, Draft]:
    today = clinic.day_of(at)
    what, how = said(today), {"by": by, "at": at}
    patient = add_patient(clinic=clinic, details=person(number), **how)
    medication = add_medication(patient=patient, details=what.medication, **how)
    review_medications(patient=patient, list_revision=medication.revision, **how)
    plan = tapers.open_plan(patient=patient, medication=medication, details=what.details, **how)
    for product in what.products:
        tapers.add_product(plan=plan, details=product, **how)
    typed = typed or plan_of(patient, 0, today, is_due=False).typed
    draft = Draft.objects.get(plan=plan)
    return plan, tapers.save_draft(draft=draft, revision=draft.revision, typed=typed, **how)


def sign_alone(draft: Draft, by: User, at: datetime) -> Version:
    today = draft.plan.patient.clinic.day_of(at)
    warnings = check_draft(draft.plan, from_json(draft.content), today=today).warnings
    reasons = {problem.key: said(today).meant for problem in warnings}
    return tapers.sign_draft(draft=draft, revision=draft.revision, reasons=reasons, today=today, by=by, at=at)


def columns(row: Any) -> dict[str, Any]:
    """Without those by which one row or one clinic is told from another."""
    return {
        field.name: bytes(value) if isinstance(value, memoryview) else value
        for field in row._meta.concrete_fields
        if field.name not in OF_EACH and getattr(field.related_model, "__name__", "") != "User"
        for value in [getattr(row, field.attname)]
    }


def told_of(plan: Plan) -> list[Any]:
    """Each event about the patient, with which kinds of rows it names."""
    events = Event.objects.filter(patient_id=plan.patient_id).order_by("number")
    return sorted(
        (
            event.action,
            "" if "-" in event.subject[8:9] else event.subject,
            [row[0] for row in event.rows or []],
        )
        for event in events
    )
