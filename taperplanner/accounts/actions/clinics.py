"""What is done to a clinic itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused, lock_unchanged

from ..access_changes import Kind
from ..details import ClinicDetails
from ..models import Clinic, User
from ..people import CannotAddUser, refuse_taken_address, set_email, set_roles, set_values
from ..permissions import Permission, Role
from ..vouching import new_change

BOTH_OR_NEITHER: Final = "Type the minutes and choose at least the first person, or leave all of it empty."
ONCE_EACH: Final = "Choose each person once."
NOT_HERE: Final = "Choose people who work here and see patients."


class CannotSetEmergencyChain(Refused):
    pass


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


@audited_transaction()
def set_emergency_chain(
    *, clinic: Clinic, minutes: int | None, people: Sequence[User], revision: int, by: User, at: datetime
) -> Clinic:
    """To whom an emergency is raised that nobody opened, in order, and after how long. None and nobody: to no one.

    Raises: Conflict, CannotSetEmergencyChain.
    """
    if bool(minutes) != bool(people):
        raise CannotSetEmergencyChain(BOTH_OR_NEITHER)
    if len({one.pk for one in people}) != len(people):
        raise CannotSetEmergencyChain(ONCE_EACH)
    if any(one.clinic_id != clinic.pk or not one.may(Permission.SEE_PATIENTS) for one in people):
        raise CannotSetEmergencyChain(NOT_HERE)
    current = lock_unchanged(clinic, revision=revision)
    current.emergency_minutes, current.emergency_people = minutes, [str(one.pk) for one in people]
    current.save(update_fields=["emergency_minutes", "emergency_people", "revision"])
    details = {"minutes": minutes, "people": current.emergency_people}
    record("clinic.emergency_chain_set", by=by, at=at, details=details)
    return current
