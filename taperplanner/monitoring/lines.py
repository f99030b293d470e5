"""Rows of this room as the lines of a page: each date written once, then only printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taperplanner.days import in_words

from .due import Standing, standing
from .models import FollowUp


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    number: int
    due: str
    purpose: str
    who: str
    standing: str
    is_overdue: bool
    is_open: bool
    hangs_on: str
    reason: str
    settled_by: str


def follow_up_lines(follow_ups: Iterable[FollowUp], today: date) -> list[FollowUpLine]:
    """Open ones first, the earliest on top; then what is settled, the latest on top."""
    rows = list(follow_ups)
    settled = [row for row in reversed(rows) if not row.is_open]
    return [_line(row, today) for row in (*(row for row in rows if row.is_open), *settled)]


def _line(row: FollowUp, today: date) -> FollowUpLine:
    where = standing(row.status, row.due_on, today)
    is_today = where is Standing.DUE and row.due_on == today
    return FollowUpLine(
        number=row.number,
        due=in_words(row.due_on),
        purpose=row.purpose,
        who=row.assigned_to.name,
        standing="due today" if is_today else where.value,
        is_overdue=where is Standing.OVERDUE,
        is_open=row.is_open,
        hangs_on=f"with step {row.step_position} of version {row.version_number}"
        if row.hangs_on_a_step
        else "",
        reason=row.reason,
        settled_by=row.settled_by.name if row.settled_by else "",
    )
