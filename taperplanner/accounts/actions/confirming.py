"""What follows a change of somebody's access: it is confirmed, and the person says whether it was them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from taperplanner.audit.log import audited_transaction, record

from ..access_changes import AccessChange, AccessStep, Kind, Means, StepKind
from ..models import User
from ..people import CannotEditUser, lock_user
from ..recovery_codes import use_recovery_code
from ..signing_rights import changes_of, is_first_password, is_to_be_told, to_confirm
from ..vouching import Operator, step_by, why_not_vouch
from .resets import WRONG_CODE

NOTHING_TO_CONFIRM = "Nothing about this account waits for a confirmation."
NOT_IN_YET = (
    "{name} has not set a password yet. Confirm the account when they have, and you have spoken with them."
)


@audited_transaction()
def confirm_access(*, user: User, by: User | Operator, at: datetime) -> User:
    """Say that this is the person, after speaking with them: all that holds the account and that `by` did not ask for.

    Raises: CannotEditUser.
    """
    current = lock_user(user)
    if is_first_password(current):
        raise CannotEditUser(NOT_IN_YET.format(name=current.name))
    held = to_confirm(current, at)
    if not held:
        raise CannotEditUser(NOTHING_TO_CONFIRM)
    refusals = {change: why_not_vouch(by, change, at) for change in held} if isinstance(by, User) else {}
    vouched = [change for change in held if not refusals.get(change)]
    if not vouched:
        raise CannotEditUser(next(iter(refusals.values())))
    _confirm(vouched, current, step_by(by), at)
    return current


@audited_transaction()
def confirm_with_code(*, user: User, code: str, by: User, at: datetime) -> User:
    """By the person, with a code from before their reset; a role or a name is confirmed by a second manager only.

    Raises: CannotEditUser.
    """
    current = lock_user(user)
    held = [change for change in to_confirm(current, at) if change.is_reset]
    if not held:
        raise CannotEditUser(NOTHING_TO_CONFIRM)
    if not use_recovery_code(current, code, before=min(change.asked_at for change in held)):
        raise CannotEditUser(WRONG_CODE)
    _confirm(held, current, {"means": Means.RECOVERY_CODE, "by": by}, at)
    return current


@audited_transaction()
def acknowledge_changes(*, user: User, by: User, at: datetime) -> list[AccessChange]:
    """The person knows of each change that they are told of."""
    current = lock_user(user)
    return _answer(current, StepKind.ACKNOWLEDGED, by, at)


@audited_transaction()
def deny_changes(*, user: User, by: User, at: datetime) -> list[AccessChange]:
    """“That was not me”: the account signs and checks nothing before somebody else confirms it."""
    current = lock_user(user)
    return _answer(current, StepKind.DENIED, by, at)


@audited_transaction()
def note_sign_in(*, user: User, by: User, at: datetime) -> None:
    """The first one of somebody who was added is told to the managers."""
    for change in changes_of(user):
        if change.kind == Kind.ADDED and not change.has(StepKind.DONE):
            AccessStep.objects.create(change=change, step=StepKind.DONE, means=Means.SELF, by=by, at=at)
            _record("user.signed_in_first", change, at, by=by)


def _answer(user: User, step: StepKind, by: User, at: datetime) -> list[AccessChange]:
    told = [change for change in changes_of(user) if is_to_be_told(change, user)]
    for change in told:
        AccessStep.objects.create(change=change, step=step, means=Means.SELF, by=by, at=at)
        _record(f"user.change_{step}", change, at, by=by)
    return told


def _confirm(changes: list[AccessChange], user: User, who: dict[str, Any], at: datetime) -> None:
    for change in changes:
        AccessStep.objects.create(change=change, step=StepKind.CONFIRMED, at=at, **who)
        _record(
            "user.access_confirmed",
            change,
            at,
            by=who.get("by"),
            clinic_id=user.clinic_id,
            means=who["means"],
        )


def _record(
    name: str, change: AccessChange, at: datetime, *, by: User | None, clinic_id: Any = None, **more: str
) -> None:
    details = {"change": str(change.pk), "kind": change.kind, **more}
    record(name, by=by, at=at, clinic_id=clinic_id, subject=str(change.user_id), details=details)
