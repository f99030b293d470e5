"""Whether somebody gets in at all, and their own password. What others reset: `resets`."""

from __future__ import annotations

from datetime import datetime

from taperplanner.audit.log import audited_transaction, record

from ..access_changes import Kind
from ..models import User
from ..people import CannotEditUser, lock_people, lock_user, require_other_manager
from ..vouching import new_change, require_settled


@audited_transaction()
def deactivate_user(*, user: User, by: User, at: datetime) -> User:
    """End the person's access from their next request on, in every browser.

    The password is removed too, so that no old session, link or password works after a reactivation.
    Raises: CannotEditUser.
    """
    lock_people(user.clinic_id)
    require_settled(by, at)
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
    """Let them back in, once they have set a new password with a link, which is a reset. Raises: CannotEditUser."""
    require_settled(by, at)
    current = lock_user(user)
    if current.is_active:
        raise CannotEditUser(f"{current.name} is already active.")
    current.is_active = True
    current.set_unusable_password()  # a new value ends any session that was begun meanwhile
    current.revision += 1
    current.save()
    new_change(current, Kind.BACK, by=by, at=at, roles=current.roles).save()
    record("user.reactivated", by=by, at=at, subject=str(user.pk))
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
