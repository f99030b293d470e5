"""Reviews that are due or overdue by the day that somebody typed, and plans for which nobody typed one."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from taperplanner.day_book.caseload import THIS_WEEK, OpenPlan
from taperplanner.day_book.models import Kind
from taperplanner.days import in_words
from taperplanner.monitoring.reviews.latest import State
from taperplanner.monitoring.reviews.lines import NO_DATE, gaps_in_words

from .due import DueLine, DueSection, this_week_and_before, whatever_the_day
from .sections import WorklistQuery, WorklistRow


def _due(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    """With what is still not recorded."""
    state = open_plan.reviews
    if state.due_on is None or state.due_on > query.today + THIS_WEEK:
        return None
    is_late = state.is_overdue(query.today)
    said = "The review is overdue." if is_late else "The next review is due."
    return _row(open_plan, state, said, when=in_words(state.due_on), is_late=is_late)


def _without_a_date(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    state = open_plan.reviews
    return _row(open_plan, state, NO_DATE) if state.due_on is None else None


def _row(
    open_plan: OpenPlan, state: State, said: str, *, when: str = "", is_late: bool = False
) -> WorklistRow:
    plan = open_plan.plan
    address = reverse("monitoring:review_add", args=[plan.patient_id, plan.number])
    what = " ".join(part for part in (said, gaps_in_words(state)) if part)
    return WorklistRow(plan.patient, what, "Record a review", address, when, is_late)


reviews_due: Final = DueSection(
    "reviews-due",
    "Reviews overdue, or due within 7 days",
    Kind.REVIEW,
    this_week_and_before,
    _due,
)
reviews_without_a_date: Final = DueSection(
    "reviews-undated",
    "Plans without a date for the next review",
    Kind.UNDATED,
    whatever_the_day,
    _without_a_date,
)
