"""How each plan stands: the latest record of each item, and when the next review is due. Pure but for its reading.

latest      by the day on which something was done, then by the order of recording
due         the day that was typed last: it stands until another is typed, whatever was recorded since
gap         what nobody recorded, where it can apply
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taperplanner.patients.models import Answer, Fact, Patient, SafetyFact
from taperplanner.patients.safety import facts_of
from taperplanner.tapers.models import Plan

from ..models import PlanReview, ReviewItem
from .items import INFANT, ITEMS, Item


@dataclass(frozen=True, slots=True)
class State:
    """`reviews`: the valid ones, the newest day first. `pregnancy`: an Answer of the safety facts; empty if not asked."""

    reviews: Sequence[PlanReview]
    latest: Mapping[str, ReviewItem]
    due_on: date | None
    pregnancy: str

    @property
    def last(self) -> PlanReview | None:
        return self.reviews[0] if self.reviews else None

    @property
    def items(self) -> tuple[Item, ...]:
        """What is asked and shown. Never hidden: what was recorded, and what nobody can say does not apply."""
        return tuple(item for key, item in ITEMS.items() if key in self.latest or self.may_apply(key))

    @property
    def gaps(self) -> tuple[Item, ...]:
        """What applies and was not recorded. Where pregnancy is not known, that is the gap."""
        return tuple(item for key, item in ITEMS.items() if key not in self.latest and self.applies(key))

    def may_apply(self, key: str) -> bool:
        return key != INFANT or self.pregnancy != Answer.NO

    def applies(self, key: str) -> bool:
        return key != INFANT or self.pregnancy == Answer.YES

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today

    def without(self, review: PlanReview) -> State:
        return _state([row for row in self.reviews if row.pk != review.pk], self.pregnancy)


def state_of(plan: Plan) -> State:
    return states_of([plan])[plan.pk]


def pregnancy_of(patient: Patient) -> dict[UUID, str]:
    """For `states_of`, of a patient whose safety facts are read for their page."""
    answers = {row.fact: row.answer for row in facts_of(patient)}
    return {patient.pk: answers.get(Fact.PREGNANCY_OR_BREASTFEEDING, "")}


def states_of(
    plans: Sequence[Plan],
    *,
    reviewed: Sequence[Plan] | None = None,
    pregnancy: Mapping[UUID, str] | None = None,
) -> dict[UUID, State]:
    """Three queries, however many plans.

    Fewer for a page that knows which of them were `reviewed`, or has each patient's answer on `pregnancy`.
    """
    reviews: dict[UUID, list[PlanReview]] = defaultdict(list)
    of = plans if reviewed is None else reviewed
    rows = PlanReview.objects.filter(plan__in=of).valid().newest_first().prefetch_related("items")
    for row in rows if of else ():
        reviews[row.plan_id].append(row)
    if pregnancy is None:
        pregnancy = dict(
            SafetyFact.objects.filter(
                fact=Fact.PREGNANCY_OR_BREASTFEEDING, patient__in={plan.patient_id for plan in plans}
            ).values_list("patient_id", "answer")
        )
    return {plan.pk: _state(reviews[plan.pk], pregnancy.get(plan.patient_id, "")) for plan in plans}


def _state(reviews: Sequence[PlanReview], pregnancy: str) -> State:
    items = [item for review in reviews for item in review.items.all()]
    in_order = sorted(items, key=lambda item: (item.done_on, item.review.number))
    due_on = next((row.next_due_on for row in reviews if row.next_due_on), None)
    return State(reviews, {item.item: item for item in in_order}, due_on, pregnancy)
