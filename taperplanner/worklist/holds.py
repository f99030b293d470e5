"""Plans on hold: why, and until when, so that a hold is ended or prolonged and not forgotten. Holds that were asked for
on paper, until a provider has answered."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from taperplanner.day_book.caseload import OpenPlan
from taperplanner.day_book.models import Kind
from taperplanner.days import in_words
from taperplanner.monitoring.models import HoldRequest
from taperplanner.patients.restricted.rule import open_to
from taperplanner.tapers.schedule.course import CourseDay, Span
from taperplanner.tapers.wording.today import hold_line

from .due import DueLine, DueSection, today_and_before
from .sections import Section, WorklistQuery, WorklistRow, of_provider, part_of


def holds_asked_for(query: WorklistQuery) -> Section:
    rows = HoldRequest.objects.filter(
        plan__patient__clinic=query.clinic, plan__patient__archived_at=None
    ).waiting()
    listed = of_provider(open_to(rows, query.user, patient="plan__patient"), query.provider).by_day()
    part = part_of(listed.select_related("plan__patient"), query, "holds-asked-for")
    shown = [_asked_for(row) for row in part.rows]
    return Section("holds-asked-for", "Holds asked for on paper", shown, part.total, part.has_more)


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


def _on_hold(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    said, plan = _said(open_plan, query), open_plan.plan
    address = reverse("tapers:plan", args=[plan.patient_id, plan.number])
    return WorklistRow(plan.patient, said, "Open the plan", address) if said else None


holds: Final = DueSection("holds", "Plans on hold", Kind.HOLD, today_and_before, _on_hold)
