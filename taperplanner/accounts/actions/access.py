"""How somebody gets in: their access, their password, their second factor."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator

from taperplanner.audit.log import audited_transaction, record

from ..models import User
from ..people import CannotEditUser, lock_people, lock_user, require_other_manager


@audited_transaction()
def deactivate_user(*, user: User, by: User, at: datetime) -> User:
    """End the person's access from their next request on, in every browser.

    The password is removed too, so that no old session, link or password works after a reactivation.
    Raises: CannotEditUser.
    """
    lock_people(user.clinic_id)
    current = lock_user(user)
    if current.pk == by.pk:
        raise CannotEditUser("You cannot deactivate yourself. Ask another manager of your clinic.")
    if not current.is_active:
        raise CannotEditUser(f"{current.name} is already deactivated.")
    require_other_manager(current)
    current.is_active = False
    current.set_unusable_password()
    current.password_link_at = None
    current.revision += 1
    current.save()
    record("user.deactivated", by=by, at=at, subject=str(user.pk))
    return current


@audited_transaction()
def reactivate_user(*, user: User, by: User, at: datetime) -> User:
    """Let them back in, once they have set a new password with a link. Raises: CannotEditUser."""
    current = lock_user(user)
    if current.is_active:
        raise CannotEditUser(f"{current.name} is already active.")
    current.is_active = True
    current.set_unusable_password()  # a new value ends any session that was begun meanwhile
    current.revision += 1
    current.save()
    record("user.reactivated", by=by, at=at, subject=str(user.pk))
    return current


@audited_transaction()
def make_password_link(*, user: User, by: User, at: datetime) -> User:
    """Make a new set-password link; `links.password_link_path` gives its address. Older ones stop working.

    The person's password, if any, works until the link is used. Raises: CannotEditUser.
    """
    current = lock_user(user)
    if not current.is_active:
        raise CannotEditUser(f"{current.name} is deactivated. Reactivate them first.")
    current.password_link_at = at
    current.save(update_fields=["password_link_at"])
    record("user.password_link_shown", by=by, at=at, subject=str(user.pk))
    return current


@audited_transaction()
def set_password(*, user: User, password: str, by: User, at: datetime) -> User:
    """Set one's own password, so `by` is `user`. Ends every other session of theirs, and any link.

    `user` itself is changed too, because its session is renewed from it.
    Raises: CannotEditUser, if they were deactivated meanwhile.
    """
    current = lock_user(user)
    if not current.is_active:
        raise CannotEditUser("Your access has ended.")
    user.set_password(password)
    user.password_link_at = None
    current.password, current.password_link_at = user.password, None
    current.save(update_fields=["password", "password_link_at"])
    record("user.password_set", by=by, at=at, subject=str(user.pk))
    return current


@audited_transaction()
def turn_off_two_step(*, user: User, by: User, at: datetime) -> User:
    """For someone who has lost their phone and their recovery codes. Raises: CannotEditUser."""
    current = lock_user(user)
    if current.pk == by.pk:
        raise CannotEditUser("Turn off your own two-step sign-in on its own page, with a code.")
    removed, _ = Authenticator.objects.filter(user=current).delete()
    if not removed:
        raise CannotEditUser(f"{current.name} does not use two-step sign-in.")
    record("user.two_step_turned_off", by=by, at=at, subject=str(user.pk))
    return current
