"""Restricted records: open to some people of the clinic alone, and to others in an emergency."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.patients.models import EmergencyAccess, Patient
from taperplanner.patients.restricted import actions

from .people import build_patient
from .universe import NOW, PASSWORD, House

REASON: Final = "On call tonight; the pharmacy asks about the dose"
GIVEN, FAMILY, MRN = "Zebulon", "Quackenbush", "ZQ-7741"


def restrict(
    patient: Patient,
    house: House,
    *others: User,
    works_here: User | None = None,
    by: User | None = None,
    at: datetime = NOW,
) -> Patient:
    """To the house's provider and those others."""
    by = by or house.provider
    patient.refresh_from_db()
    actions.restrict_patient(
        patient=patient,
        people=[by, *others],
        works_here=works_here,
        reason="Works at the front desk",
        seen=str(patient.restriction_id or ""),
        by=by,
        at=at,
    )
    patient.refresh_from_db()
    return patient


def restricted(house: House, *others: User) -> Patient:
    """A patient whose record is open to the house's provider and those others, and to nobody else."""
    patient = build_patient(house, given_name=GIVEN, family_name=FAMILY, mrn=MRN)
    return restrict(patient, house, *others)


def break_the_glass(
    patient: Patient, by: User, *, at: datetime = NOW, reason: str = REASON
) -> EmergencyAccess:
    """By the action alone: a session has it only by the page."""
    return actions.begin_emergency_access(patient=patient, reason=reason, by=by, at=at)


def ended_access(house: House) -> EmergencyAccess:
    """The staff's, to a record that is restricted; they said that they were done, and the manager reviewed it.

    The house has one: who asks again gets the same."""
    if there := EmergencyAccess.objects.filter(patient__clinic=house.clinic, patient__mrn=MRN).first():
        return there
    access = break_the_glass(restricted(house), house.staff)
    actions.end_emergency_access(access=access, by=house.staff, at=NOW + timedelta(minutes=5))
    actions.review_emergency_access(
        access=access, note="On call that night", by=house.manager, at=NOW + timedelta(hours=9)
    )
    return access


def another(house: House, *roles: Role, name: str = "Olive Other") -> User:
    """Somebody else of these roles, who can sign in."""
    user = accounts.add_user(
        clinic=house.clinic,
        email=f"{name.split(maxsplit=1)[0].lower()}@{house.manager.email.partition('@')[2]}",
        name=name,
        credentials="",
        roles=frozenset(roles),
        by=house.manager,
        at=NOW,
    )
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user
