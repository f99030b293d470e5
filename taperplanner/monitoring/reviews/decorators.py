"""From the plan of the address to one of its reviews."""

from __future__ import annotations

from taperplanner.accounts.decorators import Addressed, FromRow, ViewOf, row_of
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import PlanReview

_review: FromRow[PlanReview, Plan] = row_of(
    lambda plan: plan.reviews.prefetch_related("items"), named="review_number", parent="plan"
)


def with_review(view: ViewOf[PlanReview]) -> Addressed:
    return with_plan(_review(view))
