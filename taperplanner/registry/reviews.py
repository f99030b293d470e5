"""Of the clinic's plans that are open today: what was recorded at reviews, and which dates were typed. Each count
says of how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from taperplanner.accounts.models import Clinic
from taperplanner.monitoring.reviews.items import ITEMS
from taperplanner.monitoring.reviews.latest import State, states_of
from taperplanner.tapers.models import Plan


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """`counts`: label and "3 of 12"."""

    plans: int
    counts: tuple[tuple[str, str], ...]


def review_counts(clinic: Clinic, today: date) -> ReviewCounts:
    """Four queries, however many plans. Of patients who are archived none is counted, as on the worklist."""
    plans = list(Plan.objects.filter(patient__clinic=clinic, patient__archived_at=None).open())
    states = list(states_of(plans).values())
    return ReviewCounts(len(plans), tuple(_counts(states, today)))


def _counts(states: Sequence[State], today: date) -> Iterator[tuple[str, str]]:
    for key, item in ITEMS.items():
        of = [state for state in states if key in state.latest or state.applies(key)]
        yield f"Recorded: {item.label}", _of(sum(key in state.latest for state in of), len(of))
    dated = [state for state in states if state.due_on is not None]
    yield "A date for the next review", _of(len(dated), len(states))
    yield "That date has passed", _of(sum(state.is_overdue(today) for state in dated), len(dated))


def _of(count: int, many: int) -> str:
    return f"{count} of {many}"
