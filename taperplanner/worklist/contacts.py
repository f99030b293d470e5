"""Open emergencies; follow-ups that are due, overdue, or to be decided about."""

from __future__ import annotations

from django.urls import reverse

from taperplanner.day_book.caseload import ONE_DAY, THIS_WEEK
from taperplanner.days import in_words
from taperplanner.monitoring.danger import sign_in_words
from taperplanner.monitoring.models import Emergency, FollowUp
from taperplanner.monitoring.models.follow_ups import FollowUpQuerySet
from taperplanner.patients.restricted.rule import closed_to, open_to
from taperplanner.tapers.models import Plan

from .sections import Section, WorklistQuery, WorklistRow, of_provider, part_of


def emergencies(query: WorklistQuery) -> Section:
    """Of archived patients too: nobody has closed them. Of a record that is closed to who asks it says no more than
    that one is open: somebody must see to it, also while those who may open the record are away."""
    rows = Emergency.objects.filter(patient__clinic=query.clinic).open().oldest_first()
    if query.provider is not None:
        plans = Plan.objects.filter(patient__clinic=query.clinic)
        mine = of_provider(plans, query.provider, "", also=query.away)  # whoever is away sees to none
        rows = rows.of_plans(mine)
    part = part_of(rows.with_plan().select_related("patient"), query, "emergencies")
    restricted = {row.patient_id for row in part.rows if row.patient.restriction_id}
    closed = (
        set(closed_to(query.user).filter(pk__in=restricted).values_list("pk", flat=True))
        if restricted
        else set()
    )
    lines = [_unnamed(row) if row.patient_id in closed else _emergency(query, row) for row in part.rows]
    return Section("emergencies", "Open emergencies", lines, part.total, part.has_more)


def follow_ups_overdue(query: WorklistQuery) -> Section:
    rows = _open(query).due_by(query.today - ONE_DAY)
    return _follow_ups(query, "overdue", "Follow-ups overdue", rows)


def follow_ups_today(query: WorklistQuery) -> Section:
    rows = _open(query).due_from(query.today).due_by(query.today)
    return _follow_ups(query, "due-today", "Follow-ups due today", rows)


def follow_ups_this_week(query: WorklistQuery) -> Section:
    rows = _open(query).due_from(query.today + ONE_DAY).due_by(query.today + THIS_WEEK)
    return _follow_ups(query, "due-week", "Follow-ups due in the next 6 days", rows)


def follow_ups_moved(query: WorklistQuery) -> Section:
    return _follow_ups(query, "moved", "Follow-ups whose steps moved", _open(query).moved())


def _open(query: WorklistQuery) -> FollowUpQuerySet:
    rows = FollowUp.objects.filter(plan__patient__clinic=query.clinic, plan__patient__archived_at=None).open()
    listed = open_to(rows, query.user, patient="plan__patient")
    return of_provider(listed, query.provider).by_day()


def _follow_ups(query: WorklistQuery, key: str, title: str, rows: FollowUpQuerySet) -> Section:
    part = part_of(rows.select_related("plan__patient", "assigned_to"), query, key)
    return Section(key, title, [_follow_up(query, row, key) for row in part.rows], part.total, part.has_more)


def _follow_up(query: WorklistQuery, row: FollowUp, key: str) -> WorklistRow:
    plan = row.plan
    if key == "moved":
        address, act = reverse("monitoring:follow_ups_moved", args=[plan.patient_id, plan.number]), "Decide"
    else:
        address = reverse("monitoring:check_in_add", args=[plan.patient_id, plan.number])
        address, act = f"{address}?follow_up={row.number}", "Check in"
    is_late = row.due_on < query.today
    return WorklistRow(
        plan.patient, f"{row.purpose} ({row.assigned_to.name})", act, address, in_words(row.due_on), is_late
    )


def _unnamed(row: Emergency) -> WorklistRow:
    return WorklistRow(
        None, "An emergency is open in it.", "Open it in an emergency", row.get_absolute_url(), is_late=True
    )


def _emergency(query: WorklistQuery, row: Emergency) -> WorklistRow:
    signs = "; ".join(sign_in_words(sign) for sign in row.signs)
    return WorklistRow(
        row.patient,
        signs,
        "Open it",
        row.get_absolute_url(),
        in_words(row.day_at(query.clinic)),
        is_late=True,
    )
