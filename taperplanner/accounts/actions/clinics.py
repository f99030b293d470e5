"""What is done to a clinic itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import lock_unchanged

from ..access_changes import Kind
from ..details import ClinicDetails
from ..models import Clinic, User
from ..people import CannotAddUser, refuse_taken_address, set_email, set_roles, set_values
from ..permissions import Role
from ..vouching import new_change


@audited_transaction()
def create_clinic(
    *, details: ClinicDetails, manager_name: str, manager_email: str, at: datetime, by: User | None = None
) -> tuple[Clinic, User]:
    """The clinic and its first manager, who has a set-password link waiting. Raises: CannotAddUser."""
    clinic = Clinic.objects.create(**asdict(details))
    manager = User(clinic=clinic, name=manager_name, added_at=at)
    set_roles(manager, {Role.MANAGER}, CannotAddUser)
    set_email(manager, manager_email, CannotAddUser)
    manager.set_unusable_password()
    manager.password_link_at = at
    with refuse_taken_address(manager, CannotAddUser):
        manager.save()
    new_change(manager, Kind.ADDED, by=None, at=at, roles={Role.MANAGER}).save()
    record("clinic.created", by=by, at=at, clinic_id=clinic.pk, subject=str(manager.pk))
    return clinic, manager


@audited_transaction()
def edit_clinic(*, clinic: Clinic, details: ClinicDetails, revision: int, by: User, at: datetime) -> Clinic:
    """Raises: Conflict."""
    current = lock_unchanged(clinic, revision=revision)
    changed = set_values(current, **asdict(details))
    current.save()
    record("clinic.edited", by=by, at=at, details={"fields": changed})
    return current
