"""Rules about a clinic's people. Nothing here saves: the actions do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from taperplanner.saving import Refused

from .models import Clinic, User
from .permissions import Role

E_MAIL_IN_USE: Final = (
    "This e-mail address is already in use. Each person signs in with an address of their own."
)
NO_ROLE: Final = "Choose at least one role, or deactivate this person instead."
LAST_MANAGER: Final = "A clinic needs a manager who can sign in. Make somebody else a manager first."


class CannotAddUser(Refused):
    pass


class CannotEditUser(Refused):
    pass


def lock_user(user: User) -> User:
    """The row as it is now, locked until the transaction ends."""
    current: User = User.objects.select_for_update().get(pk=user.pk)
    return current


def lock_people(clinic_id: UUID) -> None:
    """Two managers who deactivate each other must not both find that another manager is left."""
    Clinic.objects.select_for_update().get(pk=clinic_id)


def require_other_manager(user: User) -> None:
    """Raises: CannotEditUser, if nobody else could manage the clinic."""
    others = User.objects.filter(clinic_id=user.clinic_id).active().managers().exclude(pk=user.pk)
    if user.is_active and not others.exists():
        raise CannotEditUser(LAST_MANAGER)


def set_roles(user: User, roles: Collection[Role], refusal: type[Refused]) -> None:
    if not roles:
        raise refusal(NO_ROLE)
    user.is_provider = Role.PROVIDER in roles
    user.is_staff = Role.STAFF in roles
    user.is_manager = Role.MANAGER in roles
    user.is_checker = Role.CHECKER in roles


def set_email(user: User, email: str, refusal: type[Refused]) -> bool:
    """Returns whether it changed. No two people have the same address, whatever their clinics."""
    email = email.strip().lower()
    if _is_somebody_elses(email, user):
        raise refusal(E_MAIL_IN_USE)
    is_new, user.email = email != user.email, email
    return is_new


@contextmanager
def refuse_taken_address(user: User, refusal: type[Refused]) -> Iterator[None]:
    """Around the save: somebody else may take the address between the check and the save."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if _is_somebody_elses(user.email, user):
            raise refusal(E_MAIL_IN_USE) from error
        raise


def set_values(row: Clinic | User, **values: object) -> list[str]:
    """Returns the names of those that changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    return changed


def _is_somebody_elses(email: str, user: User) -> bool:
    found: bool = User.objects.filter(email=email).exclude(pk=user.pk).exists()
    return found
