"""Reviews that are due or overdue by the day that somebody typed, and plans for which nobody typed one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from taperplanner.days import in_words
from taperplanner.monitoring.reviews.latest import State, states_of
from taperplanner.monitoring.reviews.lines import NO_DATE, gaps_in_words

from .caseload import THIS_WEEK, OpenPlan
from .sections import Section, WorklistQuery, WorklistRow, section


def reviews_due(query: WorklistQuery) -> Section:
    """The earliest on top, each with what is still not recorded."""
    due = sorted(_due(query), key=lambda dated: dated[0])
    return section(query, "reviews-due", "Reviews overdue, or due within 7 days", [row for _, row in due])


def reviews_without_a_date(query: WorklistQuery) -> Section:
    rows = [_row(open_plan, state, NO_DATE) for open_plan, state in _standing(query) if state.due_on is None]
    return section(query, "reviews-undated", "Plans without a date for the next review", rows)


def _due(query: WorklistQuery) -> Iterator[tuple[date, WorklistRow]]:
    for open_plan, state in _standing(query):
        if state.due_on is not None and state.due_on <= query.today + THIS_WEEK:
            is_late = state.is_overdue(query.today)
            said = "The review is overdue." if is_late else "The next review is due."
            yield state.due_on, _row(open_plan, state, said, when=in_words(state.due_on), is_late=is_late)


def _standing(query: WorklistQuery) -> Iterator[tuple[OpenPlan, State]]:
    states = states_of([open_plan.plan for open_plan in query.open_plans])
    return ((open_plan, states[open_plan.plan.pk]) for open_plan in query.open_plans)


def _row(
    open_plan: OpenPlan, state: State, said: str, *, when: str = "", is_late: bool = False
) -> WorklistRow:
    plan = open_plan.plan
    address = reverse("monitoring:review_add", args=[plan.patient_id, plan.number])
    what = " ".join(part for part in (said, gaps_in_words(state)) if part)
    return WorklistRow(plan.patient, what, "Record a review", address, when, is_late)
