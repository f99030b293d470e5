"""The registry's totals, and its plans as a table of texts."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from taperplanner.tapers.models import Goal, State

from .reading import DateRange, FollowUpCounts, PlanLine

HEAD: Final = (
    "Plan", "Drug", "Goal", "What for", "Opened on", "Started on", "State", "Ended on", "Why it ended", "Holds", "Ends of holds",
    "Step's days changed, hold or not", "Revisions",
    "Follow-ups on time", "Follow-ups late", "Follow-ups missed", "Follow-ups cancelled", "Follow-ups waiting",
)  # fmt: skip
NAMES: Final = ("MRN", "Name", "Date of birth")
RESTRICTED: Final = "restricted"


@dataclass(frozen=True, slots=True)
class Totals:
    counts: tuple[tuple[str, int], ...]
    follow_ups: FollowUpCounts


def totals_of(lines: Sequence[PlanLine], days: DateRange) -> Totals:
    ended = [line for line in lines if days.contains(line.ended_on)]
    return Totals(
        counts=(
            ("Plans opened", sum(days.contains(line.opened_on) for line in lines)),
            (
                "Of them, to start or bridge a medicine",
                sum(_starts(line) for line in lines if days.contains(line.opened_on)),
            ),
            ("Plans started", sum(days.contains(line.started_on) for line in lines)),
            ("Plans put on hold", sum(line.holds > 0 for line in lines)),
            (
                "Plans in which the days of a step were changed, as a hold or otherwise",
                sum(line.days_changed > 0 for line in lines),
            ),
            ("Plans completed", _ended_as(ended, State.COMPLETED)),
            ("Plans stopped early", _ended_as(ended, State.DISCONTINUED)),
            ("Plans withdrawn in error", _ended_as(ended, State.WITHDRAWN)),
            ("Plans that are open today", sum(line.plan.is_open for line in lines)),
        ),
        follow_ups=FollowUpCounts(
            on_time=sum(line.follow_ups.on_time for line in lines),
            late=sum(line.follow_ups.late for line in lines),
            missed=sum(line.follow_ups.missed for line in lines),
            cancelled=sum(line.follow_ups.cancelled for line in lines),
            not_settled=sum(line.follow_ups.not_settled for line in lines),
        ),
    )


def table_of(lines: Sequence[PlanLine], *, with_names: bool, closed: Container[UUID] = ()) -> list[list[str]]:
    """Without names, plans are numbered in the order of the rows. `closed`: the patients who are named to nobody here,
    and of whom no typed words stand here either."""
    head = [*HEAD, *(NAMES if with_names else ())]
    return [
        head,
        *(_cells(number, line, with_names=with_names, closed=closed) for number, line in enumerate(lines, 1)),
    ]


def _cells(number: int, line: PlanLine, *, with_names: bool, closed: Container[UUID]) -> list[str]:
    plan, patient = line.plan, line.plan.patient
    is_closed = patient.pk in closed
    named = (RESTRICTED,) * len(NAMES) if is_closed else (patient.mrn, patient.list_name, patient.birth.iso)
    names = named if with_names else ()
    started_for, end_reason = (
        RESTRICTED if is_closed and typed else typed for typed in (plan.started_for, plan.end_reason)
    )
    return [
        str(number), plan.drug, plan.get_goal_display(), started_for, _day(line.opened_on), _day(line.started_on), line.state,
        _day(line.ended_on), end_reason, str(line.holds), str(line.holds_ended),
        str(line.days_changed), str(line.revisions), str(line.follow_ups.on_time),
        str(line.follow_ups.late), str(line.follow_ups.missed), str(line.follow_ups.cancelled), str(line.follow_ups.not_settled),
        *names,
    ]  # fmt: skip


def _starts(line: PlanLine) -> bool:
    return line.plan.goal == Goal.START


def _ended_as(lines: Sequence[PlanLine], state: State) -> int:
    return sum(line.plan.state == state for line in lines)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
