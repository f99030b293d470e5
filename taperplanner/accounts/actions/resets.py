"""A reset of somebody else's password or second factor: asked, approved by a second manager, and only then done."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator

from taperplanner.audit.log import audited_transaction, record

from ..access_changes import (
    OF_PASSWORD,
    OF_SECOND_FACTOR,
    AccessChange,
    AccessStep,
    Kind,
    Means,
    StepKind,
)
from ..models import User
from ..people import CannotEditUser, lock_user
from ..recovery_codes import has_recovery_codes, use_recovery_code
from ..sessions_of import end_sessions
from ..signing_rights import (
    is_first_password,
    may_use_link,
    open_reset,
)
from ..vouching import Operator, new_change, require_settled, require_vouch, step_by

LINK_IS_OVER = "This link no longer works."
WRONG_CODE = "This is none of your unused recovery codes from before the reset. Check it and try again."


@audited_transaction()
def ask_reset(*, user: User, kind: Kind, by: User | None, at: datetime) -> AccessChange:
    """Nothing changes for the person before somebody else approves it. `by`: nobody, for an operator.

    Raises: CannotEditUser.
    """
    current = lock_user(user)
    if by is not None:
        require_settled(by, at)
        if current.pk == by.pk:
            raise CannotEditUser("Change your own password and two-step sign-in on their own pages.")
    if not current.is_active:
        raise CannotEditUser(f"{current.name} is deactivated. Reactivate them first.")
    if open_reset(current, at):
        raise CannotEditUser(f"A reset for {current.name} is already waiting. Withdraw it first.")
    if kind in OF_SECOND_FACTOR and not Authenticator.objects.filter(user=current).exists():
        raise CannotEditUser(f"{current.name} does not use two-step sign-in.")
    if kind in OF_PASSWORD and is_first_password(current) and by is not None:
        raise CannotEditUser(f"{current.name} has no password yet. Make them a link to set their first one.")
    change = new_change(current, kind, by=by, at=at)
    change.save()
    _event("user.reset_asked", change, by=by, at=at, kind=kind)
    return change


@audited_transaction()
def approve_reset(*, change: AccessChange, by: User | Operator, at: datetime) -> AccessChange:
    """Turns the second factor off at once; for a password a link can now be made. Raises: CannotEditUser."""
    user = lock_user(change.user)
    current = _reread(change)
    require_vouch(by, current, at)
    if not current.is_open(at) or current.has(StepKind.APPROVED):
        raise CannotEditUser("This reset is no longer waiting for an approval.")
    AccessStep.objects.create(change=current, step=StepKind.APPROVED, at=at, **step_by(by))
    _event("user.reset_approved", current, by=by, at=at)
    if current.kind == Kind.SECOND_FACTOR:
        _take_effect(current, user, step_by(by), at)
        user.save(update_fields=["sessions_ended_at"])
        _event("user.two_step_turned_off", current, by=by, at=at)
    return current


@audited_transaction()
def withdraw_reset(*, change: AccessChange, by: User, at: datetime) -> AccessChange:
    """Whoever asked withdraws it, another manager or the person refuses it. Its link ends. Raises: CannotEditUser."""
    user = lock_user(change.user)
    current = _reread(change)
    if not current.is_open(at):
        raise CannotEditUser("This reset is no longer waiting.")
    means = Means.SELF if by.pk == user.pk else Means.MANAGER
    AccessStep.objects.create(change=current, step=StepKind.WITHDRAWN, means=means, by=by, at=at)
    user.password_link_at = None
    user.save(update_fields=["password_link_at"])
    verb = "withdrawn" if by.pk == current.asked_by_id else "refused"
    _event(f"user.reset_{verb}", current, by=by, at=at)
    return current


@audited_transaction()
def make_password_link(*, user: User, by: User | None, at: datetime) -> User:
    """Make a new set-password link; `links.password_link_path` gives its address. Older ones stop working.

    For a first password, or for a reset: one that is not approved opens only with one of the person's recovery
    codes. The person's password, if any, works until the link is used. Raises: CannotEditUser.
    """
    current = lock_user(user)
    if by is not None:
        require_settled(by, at)
    if not current.is_active:
        raise CannotEditUser(f"{current.name} is deactivated. Reactivate them first.")
    if not is_first_password(current):
        reset = open_reset(current, at)
        if reset is None or reset.kind not in OF_PASSWORD:
            raise CannotEditUser(f"Ask for a reset of {current.name}’s password first.")
        if not reset.has(StepKind.APPROVED) and not has_recovery_codes(current, before=reset.asked_at):
            raise CannotEditUser("A second manager has to approve this reset before its link can be made.")
    current.password_link_at = at
    current.save(update_fields=["password_link_at"])
    record("user.password_link_shown", by=by, at=at, clinic_id=user.clinic_id, subject=str(user.pk))
    return current


@audited_transaction()
def set_password_with_link(*, user: User, password: str, code: str = "", by: User, at: datetime) -> User:
    """The end of a link, so `by` is `user`. Ends every session of theirs, and the link. Raises: CannotEditUser."""
    current = lock_user(user)
    if not current.is_active:
        raise CannotEditUser("Your access has ended.")
    if not may_use_link(current, at):
        raise CannotEditUser(LINK_IS_OVER)
    reset = None if is_first_password(current) else open_reset(current, at)
    if reset is not None:
        _use(reset, current, code, at)
    current.set_password(password)
    current.password_link_at = None
    end_sessions(current, at)
    current.save(update_fields=["password", "password_link_at", "sessions_ended_at"])
    record("user.password_set", by=by, at=at, subject=str(user.pk))
    return current


def _use(reset: AccessChange, user: User, code: str, at: datetime) -> None:
    """A recovery code at the link says that it is the person: it approves the reset and confirms the account."""
    as_person = {"means": Means.SELF, "by": user}
    if not reset.has(StepKind.APPROVED):
        if not use_recovery_code(user, code, before=reset.asked_at):
            raise CannotEditUser(WRONG_CODE)
        as_person = {"means": Means.RECOVERY_CODE, "by": user}
        for step in (StepKind.APPROVED, StepKind.CONFIRMED):
            AccessStep.objects.create(change=reset, step=step, at=at, **as_person)
            _event(f"user.reset_{step}", reset, by=user, at=at)
    _take_effect(reset, user, as_person, at)


def _take_effect(reset: AccessChange, user: User, who: dict[str, object], at: datetime) -> None:
    if reset.kind in OF_SECOND_FACTOR:
        Authenticator.objects.filter(user=user).delete()
    end_sessions(user, at)
    AccessStep.objects.create(change=reset, step=StepKind.DONE, at=at, **who)


def _reread(change: AccessChange) -> AccessChange:
    """With the steps that are there now, while the person is locked."""
    found: AccessChange = AccessChange.objects.with_steps().select_related("user__clinic").get(pk=change.pk)
    return found


def _event(
    name: str, change: AccessChange, *, by: User | Operator | None, at: datetime, **details: str
) -> None:
    author = by if isinstance(by, User) else None
    record(
        name,
        by=author,
        at=at,
        clinic_id=change.user.clinic_id,
        subject=str(change.user_id),
        details={"change": str(change.pk), **details},
    )
