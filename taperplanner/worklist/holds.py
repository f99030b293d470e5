"""Plans on hold: why, and until when, so that a hold is ended or prolonged and not forgotten. Holds that were asked for
on paper, until a provider has answered."""

from __future__ import annotations

from django.urls import reverse

from taperplanner.days import in_words
from taperplanner.monitoring.models import HoldRequest
from taperplanner.patients.restricted.rule import open_to
from taperplanner.tapers.schedule.course import CourseDay, Span
from taperplanner.tapers.wording.today import hold_line

from .caseload import OpenPlan, of_provider
from .sections import Section, WorklistQuery, WorklistRow, section


def holds(query: WorklistQuery) -> Section:
    rows = [_row(open_plan, said) for open_plan in query.open_plans if (said := _said(open_plan, query))]
    return section(query, "holds", "Plans on hold", rows)


def holds_asked_for(query: WorklistQuery) -> Section:
    rows = HoldRequest.objects.filter(
        plan__patient__clinic=query.clinic, plan__patient__archived_at=None
    ).waiting()
    listed = of_provider(open_to(rows, query.user, patient="plan__patient"), query.provider).by_day()
    shown = [_asked_for(row) for row in listed.select_related("plan__patient")[query.part]]
    return Section("holds-asked-for", "Holds asked for on paper", shown, listed.count())


def _asked_for(row: HoldRequest) -> WorklistRow:
    plan = row.plan
    address = f"{reverse('tapers:plan', args=[plan.patient_id, plan.number])}#holds-asked-for"
    what = f"{row.asked_by} asked for a hold: {row.why}"
    return WorklistRow(plan.patient, what, "Open the plan", address, in_words(row.asked_on), is_late=True)


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
