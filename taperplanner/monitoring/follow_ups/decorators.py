"""From the plan of the address to one of its follow-ups."""

from __future__ import annotations

from taperplanner.accounts.decorators import Addressed, FromRow, ViewOf, row_of
from taperplanner.tapers.decorators import with_plan
from taperplanner.tapers.models import Plan

from ..models import FollowUp

_follow_up: FromRow[FollowUp, Plan] = row_of(
    lambda plan: plan.follow_ups.select_related("assigned_to", "settled_by"),
    named="follow_up_number",
    parent="plan",
)


def with_follow_up(view: ViewOf[FollowUp]) -> Addressed:
    return with_plan(_follow_up(view))
