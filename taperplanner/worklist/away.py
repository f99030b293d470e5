"""What belongs to people who left, were deactivated or are on leave: on everybody's worklist, until it is given to
somebody who is here.

Whose plans the page is asked for changes nothing: nobody else looks after these.
"""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from taperplanner.days import in_words
from taperplanner.monitoring.models import FollowUp
from taperplanner.monitoring.reassigning.theirs import follow_ups_of_people, plans_of_people
from taperplanner.tapers.models import Plan

from .sections import Section, WorklistQuery, WorklistRow, part_of

PLANS: Final = "Plans of colleagues who are away"
FOLLOW_UPS: Final = "Follow-ups of colleagues who are away"
OF_PLAN, OF_FOLLOW_UP = "plan", "follow-up"


def plans_of_away(query: WorklistQuery) -> Section:
    if not query.away:
        return Section("away-plans", PLANS, [], 0)
    part = part_of(plans_of_people(query.away, query.user), query, "away-plans")
    rows = [plan_row(plan, query) for plan in part.rows]
    return Section("away-plans", PLANS, rows, part.total, part.has_more, is_given=True)


def follow_ups_of_away(query: WorklistQuery) -> Section:
    if not query.away:
        return Section("away-follow-ups", FOLLOW_UPS, [], 0)
    part = part_of(follow_ups_of_people(query.away, query.user), query, "away-follow-ups")
    rows = [follow_up_row(row, query) for row in part.rows]
    return Section("away-follow-ups", FOLLOW_UPS, rows, part.total, part.has_more, is_given=True)


def plan_row(plan: Plan, query: WorklistQuery, *, is_under_name: bool = False) -> WorklistRow:
    """`is_under_name`: the page says whose it is above it."""
    has_emergency, who = vars(plan)["has_emergency"], query.away[vars(plan)["provider"]]
    said = f"{plan.drug}, {plan}"
    return WorklistRow(
        plan.patient,
        said if is_under_name else f"{said}. Provider: {who}.",
        "Open the plan",
        plan.get_absolute_url(),
        "An emergency is open" if has_emergency else "",
        has_emergency,
        given=f"{OF_PLAN}:{plan.pk}",
    )


def follow_up_row(row: FollowUp, query: WorklistQuery, *, is_under_name: bool = False) -> WorklistRow:
    plan, who = row.plan, query.away[row.assigned_to_id]
    address = (
        f"{reverse('monitoring:check_in_add', args=[plan.patient_id, plan.number])}?follow_up={row.number}"
    )
    return WorklistRow(
        plan.patient,
        row.purpose if is_under_name else f"{row.purpose}. To be done by {who}.",
        "Check in",
        address,
        in_words(row.due_on),
        row.due_on < query.today,
        given=f"{OF_FOLLOW_UP}:{row.pk}",
    )
