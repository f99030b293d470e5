"""Patients who might be the same person: the same name, birth date or MRN, however it is written.

A year of birth alone is shared by many, so it is asked about only beside the family name or the given name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import Clinic

from .details import PatientDetails
from .models import Patient
from .names import run_together

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
    """Those whose MRN is the same number first, then the name. Archived patients too: they may be the same."""
    name, birth = _name_of(details), details.birth
    found = mrn_twins(clinic, details.mrn)
    named = clinic.patients.found_exactly(b"".join(name), clinic=clinic).order_by(
        "date_of_birth", "birth_year", "id"
    )[: 3 * MOST_SHOWN]
    same_name = [patient for patient in named if _name_of(patient) == name]
    found += sorted(same_name, key=lambda one: (not one.birth.matches(birth), not one.birth.could_be(birth)))
    if birth.day:
        found += clinic.patients.known_to_be_born_on(birth.day).by_name()[:MOST_SHOWN]
    found += _part_of_name_and_year(clinic, details)
    people = {patient.pk: patient for patient in found}
    return [_lookalike(patient, details) for patient in list(people.values())[:MOST_SHOWN]]


def _part_of_name_and_year(clinic: Clinic, details: PatientDetails) -> Iterator[Patient]:
    """Who shares the family name or the given name, and may have been born on the same day."""
    for part in filter(None, _name_of(details)):
        could_be = clinic.patients.who_could_be_born(details.birth).found_exactly(part, clinic=clinic)
        yield from (one for one in could_be.by_name()[:MOST_SHOWN] if part in _name_of(one))


def mrn_twins(clinic: Clinic, mrn: str) -> list[Patient]:
    """Patients whose MRN differs only in spaces and signs: "77 12" and "7712". The same one is refused elsewhere."""
    key = run_together(mrn)
    found = clinic.patients.found_exactly(key, clinic=clinic).by_name() if key else clinic.patients.none()
    return [
        patient
        for patient in found
        if run_together(patient.mrn) == key and patient.mrn.upper() != mrn.upper()
    ][:MOST_SHOWN]


def new_mrn_twins(patient: Patient, details: PatientDetails) -> list[Lookalike]:
    """If the patient's MRN changes: who else has the new number, written in another way."""
    twins = mrn_twins(patient.clinic, details.mrn) if details.mrn != patient.mrn else []
    return [_lookalike(twin, details) for twin in twins if twin.pk != patient.pk]


def _name_of(named: Patient | PatientDetails) -> tuple[bytes, bytes]:
    return run_together(named.family_name), run_together(named.given_name)


def _lookalike(patient: Patient, details: PatientDetails) -> Lookalike:
    names, wanted = _name_of(patient), _name_of(details)
    is_year = patient.birth.could_be(details.birth) and not patient.birth.matches(details.birth)
    shared = [
        words
        for words, is_shared in (
            ("name", names == wanted),
            ("part of the name", is_year and names != wanted and {*names} & {*wanted} - {b""}),
            ("birth date", patient.birth.matches(details.birth)),
            ("year of birth", is_year),
            ("MRN, written in another way", run_together(patient.mrn) == run_together(details.mrn)),
        )
        if is_shared
    ]
    return Lookalike(
        id=patient.pk,
        address=patient.get_absolute_url(),
        name=patient.list_name,
        born=patient.birth.in_words,
        mrn=patient.mrn,
        shares=" and ".join(shared),
        is_archived=patient.archived_at is not None,
    )
