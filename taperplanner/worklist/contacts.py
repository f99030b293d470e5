"""What people wait for: open emergencies, follow-ups due and overdue, and those to decide on."""

from __future__ import annotations

from django.urls import reverse

from taperplanner.days import in_words
from taperplanner.monitoring.danger import sign_in_words
from taperplanner.monitoring.models import Emergency, FollowUp
from taperplanner.monitoring.models.follow_ups import FollowUpQuerySet
from taperplanner.tapers.models import Plan

from .caseload import ONE_DAY, THIS_WEEK, of_provider
from .sections import Row, Section, Work


def emergencies(work: Work) -> Section:
    """Of archived patients too: nobody has closed them."""
    rows = Emergency.objects.filter(patient__clinic=work.clinic).open().oldest_first()
    if work.provider is not None:
        mine = of_provider(Plan.objects.filter(patient__clinic=work.clinic), work.provider, "")
        rows = rows.of_plans(mine)
    shown = rows.with_plan().select_related("patient")[: work.limit]
    return Section("emergencies", "Open emergencies", [_emergency(work, row) for row in shown], rows.count())


def follow_ups_overdue(work: Work) -> Section:
    rows = _open(work).due_by(work.today - ONE_DAY)
    return _follow_ups(work, "overdue", "Follow-ups overdue", rows)


def follow_ups_today(work: Work) -> Section:
    rows = _open(work).due_from(work.today).due_by(work.today)
    return _follow_ups(work, "due-today", "Follow-ups due today", rows)


def follow_ups_this_week(work: Work) -> Section:
    rows = _open(work).due_from(work.today + ONE_DAY).due_by(work.today + THIS_WEEK)
    return _follow_ups(work, "due-week", "Follow-ups due in the next 6 days", rows)


def follow_ups_moved(work: Work) -> Section:
    return _follow_ups(work, "moved", "Follow-ups whose steps moved", _open(work).moved())


def _open(work: Work) -> FollowUpQuerySet:
    rows = FollowUp.objects.filter(plan__patient__clinic=work.clinic, plan__patient__archived_at=None).open()
    return of_provider(rows, work.provider).by_day()


def _follow_ups(work: Work, key: str, title: str, rows: FollowUpQuerySet) -> Section:
    shown = rows.select_related("plan__patient", "assigned_to")[: work.limit]
    return Section(key, title, [_follow_up(work, row, key) for row in shown], rows.count())


def _follow_up(work: Work, row: FollowUp, key: str) -> Row:
    plan = row.plan
    if key == "moved":
        address, act = reverse("monitoring:follow_ups_moved", args=[plan.patient_id, plan.number]), "Decide"
    else:
        address = reverse("monitoring:check_in_add", args=[plan.patient_id, plan.number])
        address, act = f"{address}?follow_up={row.number}", "Check in"
    is_late = row.due_on < work.today
    return Row(
        plan.patient, f"{row.purpose} ({row.assigned_to.name})", act, address, in_words(row.due_on), is_late
    )


def _emergency(work: Work, row: Emergency) -> Row:
    signs = "; ".join(sign_in_words(sign) for sign in row.signs)
    return Row(
        row.patient, signs, "Open it", row.get_absolute_url(), in_words(row.day_at(work.clinic)), is_late=True
    )
