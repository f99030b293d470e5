"""What each role may do: the one table. A user with two roles may do what either may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    PROVIDER = "provider"
    STAFF = "staff"
    MANAGER = "manager"
    CHECKER = "checker"  # held beside another role


class Permission(StrEnum):
    SEE_GUIDANCE = "see_guidance"
    SEE_PATIENTS = "see_patients"
    EDIT_PATIENTS = "edit_patients"
    # Follow-ups, check-ins, reviews, what was dispensed or counted, and that one of them was entered in error.
    RECORD_MONITORING = "record_monitoring"
    CLOSE_EMERGENCY = "close_emergency"
    SEE_REGISTRY = "see_registry"
    # Say who alone may open a patient's record, and lift that again.
    RESTRICT_PATIENTS = "restrict_patients"
    EDIT_DRAFT = "edit_draft"
    SIGN_PLAN = "sign_plan"
    CHECK_VERSION = "check_version"
    PRINT_HANDOUT = "print_handout"
    # Who looked at a patient. A manager has the same report by the MRN, with MANAGE_CLINIC and without the name.
    SEE_WHO_LOOKED = "see_who_looked"
    MANAGE_CLINIC = "manage_clinic"


MAY: Final[Mapping[Role, frozenset[Permission]]] = MappingProxyType({
    Role.PROVIDER: frozenset({
        Permission.SEE_GUIDANCE,
        Permission.SEE_PATIENTS,
        Permission.EDIT_PATIENTS,
        Permission.RECORD_MONITORING,
        Permission.CLOSE_EMERGENCY,
        # Reasons in it are clinical, and names may be asked for: not for managers, who see no patients.
        Permission.SEE_REGISTRY,
        Permission.RESTRICT_PATIENTS,
        Permission.EDIT_DRAFT,
        Permission.SIGN_PLAN,
        Permission.CHECK_VERSION,
        Permission.PRINT_HANDOUT,
        Permission.SEE_WHO_LOOKED,
    }),
    Role.STAFF: frozenset({
        Permission.SEE_GUIDANCE,
        Permission.SEE_PATIENTS,
        Permission.EDIT_PATIENTS,
        Permission.RECORD_MONITORING,
        Permission.PRINT_HANDOUT,
    }),
    Role.MANAGER: frozenset({
        Permission.SEE_GUIDANCE,
        Permission.MANAGE_CLINIC,
    }),
    Role.CHECKER: frozenset({
        Permission.CHECK_VERSION,
    }),
})  # fmt: skip


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    return frozenset().union(*(MAY[role] for role in roles))
