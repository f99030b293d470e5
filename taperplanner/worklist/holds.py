"""Plans on hold: why, and until when, so that a hold is ended or prolonged and not forgotten."""

from __future__ import annotations

from django.urls import reverse

from taperplanner.tapers.schedule.course import CourseDay, Span
from taperplanner.tapers.wording.today import hold_line

from .caseload import OpenPlan
from .sections import Section, WorklistQuery, WorklistRow, section


def holds(query: WorklistQuery) -> Section:
    rows = [_row(open_plan, said) for open_plan in query.open_plans if (said := _said(open_plan, query))]
    return section(query, "holds", "Plans on hold", rows)


def _said(open_plan: OpenPlan, query: WorklistQuery) -> str:
    for one in open_plan.spans:
        span = Span(one.version, one.schedule, one.first_day, one.last_day) if one.schedule else None
        if span and span.covers(query.today):
            return hold_line(CourseDay(query.today, span, *span.schedule.on(query.today)))
    return ""


def _row(open_plan: OpenPlan, said: str) -> WorklistRow:
    plan = open_plan.plan
    address = reverse("tapers:plan", args=[plan.patient_id, plan.number])
    return WorklistRow(plan.patient, said, "Open the plan", address)
