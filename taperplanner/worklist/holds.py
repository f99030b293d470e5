"""Plans on hold: why, and until when, so that a hold is ended or prolonged and not forgotten."""

from __future__ import annotations

from django.urls import reverse

from taperplanner.tapers.course import Span, Taken
from taperplanner.tapers.today import hold_line

from .caseload import Case
from .sections import Row, Section, Work, section


def holds(work: Work) -> Section:
    rows = [_row(case, said) for case in work.cases if (said := _said(case, work))]
    return section(work, "holds", "Plans on hold", rows)


def _said(case: Case, work: Work) -> str:
    for one in case.spans:
        span = Span(one.version, one.schedule, one.first_day, one.last_day) if one.schedule else None
        if span and span.covers(work.today):
            return hold_line(Taken(work.today, span, *span.schedule.on(work.today)))
    return ""


def _row(case: Case, said: str) -> Row:
    plan = case.plan
    address = reverse("tapers:plan", args=[plan.patient_id, plan.number])
    return Row(plan.patient, said, "Open the plan", address)
