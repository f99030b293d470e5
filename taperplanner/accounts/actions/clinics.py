"""What is done to a clinic itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taperplanner.audit.log import record
from taperplanner.saving import lock_unchanged

from ..models import Clinic, PaperSize, User
from ..people import CannotAddUser, address_still_free, changed_by, set_email, set_roles
from ..permissions import Role


@transaction.atomic
def create_clinic(
    *,
    name: str,
    manager_email: str,
    manager_name: str,
    at: datetime,
    by: User | None = None,
    manager_credentials: str = "",
    address: str = "",
    phone: str = "",
    after_hours_phone: str = "",
    time_zone: str = "America/New_York",
    paper_size: str = PaperSize.LETTER,
    requires_check: bool = False,
    requires_reviewed_texts: bool = False,
    idle_limit_minutes: int = 15,
) -> tuple[Clinic, User]:
    """The clinic and its first manager, who has a set-password link waiting. Raises: CannotAddUser."""
    clinic = Clinic.objects.create(
        name=name,
        address=address,
        phone=phone,
        after_hours_phone=after_hours_phone,
        time_zone=time_zone,
        paper_size=paper_size,
        requires_check=requires_check,
        requires_reviewed_texts=requires_reviewed_texts,
        idle_limit_minutes=idle_limit_minutes,
    )
    manager = User(clinic=clinic, name=manager_name, credentials=manager_credentials, added_at=at)
    set_roles(manager, {Role.MANAGER}, CannotAddUser)
    set_email(manager, manager_email, CannotAddUser)
    manager.set_unusable_password()
    manager.password_link_at = at
    with address_still_free(manager, CannotAddUser):
        manager.save()
    record("clinic.created", by=by, at=at, clinic_id=clinic.pk, subject=str(manager.pk))
    return clinic, manager


@transaction.atomic
def edit_clinic(
    *,
    clinic: Clinic,
    revision: int,
    name: str,
    address: str,
    phone: str,
    after_hours_phone: str,
    time_zone: str,
    paper_size: str,
    requires_check: bool,
    requires_reviewed_texts: bool,
    idle_limit_minutes: int,
    by: User,
    at: datetime,
) -> Clinic:
    """Raises: Conflict."""
    current = lock_unchanged(clinic, revision=revision)
    changed = changed_by(
        current,
        name=name,
        address=address,
        phone=phone,
        after_hours_phone=after_hours_phone,
        time_zone=time_zone,
        paper_size=paper_size,
        requires_check=requires_check,
        requires_reviewed_texts=requires_reviewed_texts,
        idle_limit_minutes=idle_limit_minutes,
    )
    current.save()
    record("clinic.edited", by=by, at=at, details={"fields": changed})
    return current
