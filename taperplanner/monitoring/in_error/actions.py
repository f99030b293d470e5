"""A record is marked as entered in error by a row of its own; what depended on the record is put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused

from ..models import (
    CheckIn,
    Dispensing,
    EnteredInError,
    FollowUp,
    HomeCount,
    PlanReview,
    ReviewInError,
    Status,
)
from .about import settled_by_it_alone

Record = CheckIn | Dispensing | FollowUp | HomeCount | PlanReview


class CannotMarkInError(Refused):
    pass


@audited_transaction()
def mark_in_error(*, row: Record, reason: str, by: User, at: datetime) -> EnteredInError | ReviewInError:
    """With everything that it corrects. A follow-up that only this check-in had answered is open again;
    an emergency stays open until a provider closes it with a note.

    Raises: CannotMarkInError.
    """
    plan = row.plan
    lock_open(plan.patient, CannotMarkInError)
    if not reason:
        raise CannotMarkInError("Write what was wrong.")
    current = type(row)._default_manager.get(pk=row.pk)
    if hasattr(current, "error"):
        raise CannotMarkInError("This is marked as entered in error already.")
    if hasattr(current, "correction"):
        raise CannotMarkInError("This was corrected meanwhile. Mark the newer one.")
    marked = [_write(one, reason, by=by, at=at) for one in _with_what_it_corrects(row)]
    reopened = _reopen(row) if isinstance(row, CheckIn) else None
    record(
        f"{_kind(row)}.entered_in_error",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=f"{plan}, {row}",
        details={"reopened": f"follow-up {reopened.number}"} if reopened else {},
    )
    return marked[0]


def _with_what_it_corrects(row: Record) -> Iterator[Record]:
    yield row
    corrects = row.corrects if isinstance(row, CheckIn | Dispensing | PlanReview) else None
    if corrects is not None:
        yield from _with_what_it_corrects(corrects)


def _kind(row: Record) -> str:
    return {
        CheckIn: "check_in",
        Dispensing: "dispensing",
        FollowUp: "follow_up",
        HomeCount: "home_count",
        PlanReview: "review",
    }[type(row)]


def _write(row: Record, reason: str, *, by: User, at: datetime) -> EnteredInError | ReviewInError:
    said = {"reason": reason, "marked_by": by, "marked_by_name": by.full_title, "marked_at": at}
    if isinstance(row, PlanReview):
        return ReviewInError.objects.create(review=row, **said)
    return EnteredInError.objects.create(**{_kind(row): row}, **said)


def _reopen(check_in: CheckIn) -> FollowUp | None:
    """The follow-up that was done by this contact alone: it did not happen."""
    answered = check_in.follow_up
    if answered is None or not settled_by_it_alone(check_in):
        return None
    follow_up = FollowUp.objects.select_for_update().get(pk=answered.pk)
    follow_up.status, follow_up.reason = Status.OPEN, ""
    follow_up.settled_by = follow_up.settled_at = None
    follow_up.revision += 1
    follow_up.save()
    return follow_up
