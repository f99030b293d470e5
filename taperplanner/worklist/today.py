"""What each patient of the worklist should be taking today, for whoever is about to call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from taperplanner.day_book.caseload import OpenPlan
from taperplanner.tapers.schedule.course import Span
from taperplanner.tapers.wording.today import TAMPERED, line_of

from .sections import Section


def with_today(sections: Iterable[Section], open_plans: Iterable[OpenPlan], today: date) -> list[Section]:
    """The sections, each row with a line for each signed open plan of its patient."""
    lines = _lines(open_plans, today)
    return [
        replace(
            section,
            rows=[
                replace(row, today=lines.get(row.patient.pk, ())) if row.patient else row
                for row in section.rows
            ],
        )
        for section in sections
    ]


def _lines(open_plans: Iterable[OpenPlan], today: date) -> Mapping[UUID, Sequence[str]]:
    lines: dict[UUID, list[str]] = defaultdict(list)
    for open_plan in open_plans:
        if said := _taken(open_plan, today):
            lines[open_plan.plan.patient_id].append(f"{open_plan.plan.drug} today: {said}")
    return lines


def _taken(open_plan: OpenPlan, today: date) -> str:
    """By the version in force, or the first one where none is yet. Empty of a plan that begins in weeks, whose schedule
    nothing here reads, and of one without a signed version."""
    if open_plan.is_tampered:
        return TAMPERED
    answers = next((one for one in reversed(open_plan.spans) if one.first_day <= today), None)
    answers = answers or next(iter(open_plan.spans), None)
    if answers is None or answers.schedule is None:
        return ""
    span = Span(answers.version, answers.schedule, answers.first_day, answers.last_day)
    return line_of(span, today, open_plan.plan.drug)
