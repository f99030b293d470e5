"""What is typed of somebody's work here, and of their leave. An event names the fields, and nothing of what they say."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused, lock_unchanged, next_number

from ..details import WorkTyped
from ..models import Leave, LeaveWithdrawal, User, WorkDetails
from ..npi import why_no_npi
from ..people import CannotEditUser, lock_user
from ..permissions import Permission
from ..vouching import require_settled

WITHOUT_STATE: Final = "Type the license and the state that gave it, or neither."
NO_WHY: Final = "Write why, for example “vacation”."
ENDS_FIRST: Final = "The last day is before the first."
NOT_YOURS: Final = "Only they themselves, or a manager, can say when somebody is on leave."
WITHDRAWN_ALREADY: Final = "This leave is withdrawn already."


class CannotTypeLeave(Refused):
    pass


@audited_transaction()
def type_work_details(*, user: User, typed: WorkTyped, revision: int, by: User, at: datetime) -> WorkDetails:
    """Raises: Conflict, CannotEditUser."""
    require_settled(by, at)
    if typed.npi and (why := why_no_npi(typed.npi)):
        raise CannotEditUser(why)
    if bool(typed.license) != bool(typed.license_state):
        raise CannotEditUser(WITHOUT_STATE)
    current = lock_unchanged(user, revision=revision)
    before, values = WorkTyped.of(current), asdict(typed)
    current.works_until = typed.works_until
    current.save(update_fields=["works_until", "revision"])
    details = WorkDetails.objects.create(
        user=current, number=next_number(current.work_details.all()), typed_by=by, typed_at=at, **values
    )
    changed = [name for name, value in values.items() if value != getattr(before, name)]
    record("user.work_details_typed", by=by, at=at, subject=str(user.pk), details={"fields": changed})
    return details


@audited_transaction()
def type_leave(*, user: User, first_day: date, last_day: date, why: str, by: User, at: datetime) -> Leave:
    """Raises: CannotTypeLeave."""
    _check_whose(user, by)
    if last_day < first_day:
        raise CannotTypeLeave(ENDS_FIRST)
    if not why:
        raise CannotTypeLeave(NO_WHY)
    current = lock_user(user)
    leave = Leave.objects.create(
        user=current, first_day=first_day, last_day=last_day, why=why, typed_by=by, typed_at=at
    )
    record("user.leave_typed", by=by, at=at, subject=str(user.pk))
    return leave


@audited_transaction()
def withdraw_leave(*, leave: Leave, by: User, at: datetime) -> LeaveWithdrawal:
    """Raises: CannotTypeLeave."""
    _check_whose(leave.user, by)
    lock_user(leave.user)
    if LeaveWithdrawal.objects.filter(leave=leave).exists():
        raise CannotTypeLeave(WITHDRAWN_ALREADY)
    withdrawal = LeaveWithdrawal.objects.create(leave=leave, withdrawn_by=by, withdrawn_at=at)
    record("user.leave_withdrawn", by=by, at=at, subject=str(leave.user_id))
    return withdrawal


def _check_whose(user: User, by: User) -> None:
    """Raises: CannotTypeLeave."""
    is_manager = by.may(Permission.MANAGE_CLINIC) and by.clinic_id == user.clinic_id
    if by.pk != user.pk and not is_manager:
        raise CannotTypeLeave(NOT_YOURS)
