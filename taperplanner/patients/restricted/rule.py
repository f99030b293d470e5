"""The one rule of a restricted record: it is open to the people named for it, and found by nobody else.

Every list, file and command asks `open_to`; every page of one patient asks `is_open_to`. What is shown where is written
down in `docs/restricted-patients.md`.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Upper

from taperplanner.accounts.models import User

from ..models import MayOpen, Patient, PatientQuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


def closed_to(user: User) -> PatientQuerySet:
    """The restricted patients of the user's clinic that are not open to them. An index holds the restricted alone."""
    named = MayOpen.objects.filter(restriction=OuterRef("restriction"), user=user)
    return Patient.objects.restricted().filter(~Exists(named), clinic=user.clinic_id)


def open_to(rows: Rows, user: User, *, patient: str = "pk") -> Rows:
    """Without what is of a patient who is closed to the user. `patient`: how the rows reach them, as "plan__patient"."""
    found: Rows = rows.exclude(**{f"{patient}__in": closed_to(user).values("pk")})
    return found


def is_open_to(patient: Patient, user: User) -> bool:
    """One query, and none of a patient who is not restricted."""
    if patient.restriction_id is None:
        return True
    return MayOpen.objects.filter(restriction=patient.restriction_id, user=user).exists()


def closed_with_mrn(user: User, mrn: str) -> Patient | None:
    """Who has just this MRN and is closed to the user. Nothing of them but the id may be shown."""
    if not mrn:
        return None
    return closed_to(user).annotate(upper=Upper("mrn")).filter(upper=mrn.upper()).first()


def has_a_provider(patient: Patient) -> bool:
    """Whether somebody who may still decide about the restriction is named in it."""
    people = MayOpen.objects.filter(restriction=patient.restriction_id, user__is_active=True)
    return people.filter(user__is_provider=True).exists()
