"""Who the clinic's people are, and their roles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import lock_unchanged

from ..access_changes import TRUSTED, Kind
from ..models import Clinic, User
from ..people import (
    CannotAddUser,
    CannotEditUser,
    lock_people,
    refuse_taken_address,
    require_other_manager,
    set_email,
    set_roles,
    set_values,
)
from ..permissions import Role
from ..vouching import new_change, require_settled


@audited_transaction()
def add_user(
    *,
    clinic: Clinic,
    email: str,
    name: str,
    credentials: str,
    roles: Collection[Role],
    by: User,
    at: datetime,
) -> User:
    """They cannot sign in before they have set a password with a link. Raises: CannotAddUser."""
    require_settled(by, at, CannotAddUser)
    user = User(clinic=clinic, name=name, credentials=credentials, added_at=at)
    set_roles(user, roles, CannotAddUser)
    set_email(user, email, CannotAddUser)
    user.set_unusable_password()
    with refuse_taken_address(user, CannotAddUser):
        user.save()
    new_change(user, Kind.ADDED, by=by, at=at, roles=roles).save()
    record("user.added", by=by, at=at, subject=str(user.pk), details={"roles": sorted(roles)})
    return user


@audited_transaction()
def edit_user(
    *,
    user: User,
    revision: int,
    email: str,
    name: str,
    credentials: str,
    roles: Collection[Role],
    by: User,
    at: datetime,
) -> User:
    """Raises: Conflict, CannotEditUser."""
    require_settled(by, at)
    lock_people(user.clinic_id)
    current = lock_unchanged(user, revision=revision)
    before = current.roles
    changed = set_values(current, name=name, credentials=credentials)
    set_roles(current, roles, CannotEditUser)
    if Role.MANAGER in before and Role.MANAGER not in roles:
        require_other_manager(current)
    if set_email(current, email, CannotEditUser):
        changed.append("email")
    if current.roles != before:
        changed.append("roles")
    with refuse_taken_address(current, CannotEditUser):
        current.save()
    _note_changes(current, changed, set(current.roles) - set(before), by=by, at=at)
    record(
        "user.edited", by=by, at=at, subject=str(user.pk), details={"fields": changed, "roles": sorted(roles)}
    )
    return current


def _note_changes(user: User, changed: list[str], given: set[Role], *, by: User, at: datetime) -> None:
    """What gives a power, what one signs with, and what one signs in with."""
    if given & set(TRUSTED):
        new_change(user, Kind.ROLE, by=by, at=at, roles=given).save()
    if {"name", "credentials"} & set(changed):
        new_change(user, Kind.NAME, by=by, at=at).save()
    if "email" in changed:
        new_change(user, Kind.EMAIL, by=by, at=at).save()
