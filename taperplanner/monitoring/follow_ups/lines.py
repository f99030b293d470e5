"""Rows of this room as the lines of a page: each date written once, then only printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taperplanner.days import in_words

from ..in_error.about import error_in_words
from ..models import FollowUp
from .due import FollowUpState, state_of


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    number: int
    due: str
    purpose: str
    who: str
    state: str
    is_overdue: bool
    is_open: bool
    linked_to: str
    reason: str
    settled_by: str
    in_error: str


def follow_up_lines(follow_ups: Iterable[FollowUp], today: date) -> list[FollowUpLine]:
    """Open ones first, the earliest on top; then what is settled, the latest on top. `error` selected."""
    rows = list(follow_ups)
    settled = [row for row in reversed(rows) if not _is_open(row)]
    return [_line(row, today) for row in (*(row for row in rows if _is_open(row)), *settled)]


def _line(row: FollowUp, today: date) -> FollowUpLine:
    where, in_error = state_of(row.status, row.due_on, today), error_in_words(row)
    is_today = where is FollowUpState.DUE and row.due_on == today
    return FollowUpLine(
        number=row.number,
        due=in_words(row.due_on),
        purpose=row.purpose,
        who=row.assigned_to.name,
        state="entered in error" if in_error else "due today" if is_today else where.value,
        is_overdue=where is FollowUpState.OVERDUE and not in_error,
        is_open=_is_open(row),
        linked_to=f"with step {row.step_position} of version {row.version_number}"
        if row.is_linked_to_step
        else "",
        reason=row.reason,
        settled_by=row.settled_by.name if row.settled_by else "",
        in_error=in_error,
    )


def _is_open(row: FollowUp) -> bool:
    return row.is_open and not hasattr(row, "error")
