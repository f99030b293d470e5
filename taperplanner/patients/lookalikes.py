"""Who might be the same person as one who is being added: the same name, or the same birth date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import Clinic
from taperplanner.days import without_weekday

from .details import PatientDetails
from .models import Patient
from .names import name_key

# More than these are not read.
MOST_SHOWN: Final = 10


@dataclass(frozen=True)
class Lookalike:
    id: UUID
    address: str
    name: str
    born: str
    mrn: str
    shares: str
    is_archived: bool


def lookalikes_of(clinic: Clinic, details: PatientDetails) -> list[Lookalike]:
    """Those with the same name first. Archived patients too: they may be the same person."""
    key = name_key(details.family_name, details.given_name)
    named = list(clinic.patients.named_like(key).order_by("date_of_birth", "id")[:MOST_SHOWN])
    named.sort(key=lambda patient: patient.date_of_birth != details.date_of_birth)
    born = clinic.patients.born_on(details.date_of_birth).exclude(sort_key=key).by_name()[:MOST_SHOWN]
    found = (named + list(born))[:MOST_SHOWN]
    return [_lookalike(patient, key, details.date_of_birth) for patient in found]


def _lookalike(patient: Patient, key: bytes, born_on: date) -> Lookalike:
    shared = [
        words
        for words, is_shared in (
            ("name", bytes(patient.sort_key) == key),
            ("birth date", patient.date_of_birth == born_on),
        )
        if is_shared
    ]
    return Lookalike(
        id=patient.pk,
        address=patient.get_absolute_url(),
        name=patient.list_name,
        born=without_weekday(patient.date_of_birth),
        mrn=patient.mrn,
        shares=" and ".join(shared),
        is_archived=patient.archived_at is not None,
    )
