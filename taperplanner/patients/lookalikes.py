"""Patients who might be the same person: the same name, birth date or MRN, however it is written.

A year of birth alone is shared by many, so it is asked about only beside the family name or the given name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from taperplanner.accounts.models import Clinic, User

from .details import PatientDetails
from .models import Patient, PatientQuerySet
from .names import run_together
from .restricted.rule import closed_to, open_to

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


def lookalikes_of(clinic: Clinic, details: PatientDetails, *, user: User) -> list[Lookalike]:
    """Those whose MRN is the same number first, then the name. Archived patients too: they may be the same.

    Of those who are closed to the user, the one whose number was typed alone, and not by name.
    """
    name, birth = _name_of(details), details.birth
    found, listed = mrn_twins(clinic, details.mrn), open_to(clinic.patients.all(), user)
    named = listed.found_exactly(b"".join(name), clinic=clinic).order_by("date_of_birth", "birth_year", "id")
    same_name = [patient for patient in named[: 3 * MOST_SHOWN] if _name_of(patient) == name]
    found += sorted(same_name, key=lambda one: (not one.birth.matches(birth), not one.birth.could_be(birth)))
    if birth.day:
        found += listed.known_to_be_born_on(birth.day).by_name()[:MOST_SHOWN]
    found += _part_of_name_and_year(listed, clinic, details)
    people = {patient.pk: patient for patient in found}
    return _lookalikes(list(people.values())[:MOST_SHOWN], details, user)


def _part_of_name_and_year(
    listed: PatientQuerySet, clinic: Clinic, details: PatientDetails
) -> Iterator[Patient]:
    """Who shares the family name or the given name, and may have been born on the same day."""
    for part in filter(None, _name_of(details)):
        could_be = listed.who_could_be_born(details.birth).found_exactly(part, clinic=clinic)
        yield from (one for one in could_be.by_name()[:MOST_SHOWN] if part in _name_of(one))


def mrn_twins(clinic: Clinic, mrn: str) -> list[Patient]:
    """Patients whose MRN differs only in spaces and signs: "77 12" and "7712". The same one is refused elsewhere.

    Restricted ones too, so that nobody is recorded twice: `_lookalikes` names those who are open to the user.
    """
    key = run_together(mrn)
    found = clinic.patients.found_exactly(key, clinic=clinic).by_name() if key else clinic.patients.none()
    return [
        patient
        for patient in found
        if run_together(patient.mrn) == key and patient.mrn.upper() != mrn.upper()
    ][:MOST_SHOWN]


def new_mrn_twins(patient: Patient, details: PatientDetails, *, user: User) -> list[Lookalike]:
    """If the patient's MRN changes: who else has the new number, written in another way."""
    twins = mrn_twins(patient.clinic, details.mrn) if details.mrn != patient.mrn else []
    return _lookalikes([twin for twin in twins if twin.pk != patient.pk], details, user)


def _name_of(named: Patient | PatientDetails) -> tuple[bytes, bytes]:
    return run_together(named.family_name), run_together(named.given_name)


def _lookalikes(patients: list[Patient], details: PatientDetails, user: User) -> list[Lookalike]:
    restricted = {patient.pk for patient in patients if patient.restriction_id}
    closed = (
        set(closed_to(user).filter(pk__in=restricted).values_list("pk", flat=True)) if restricted else set()
    )
    return [
        _closed(patient, details) if patient.pk in closed else _lookalike(patient, details)
        for patient in patients
    ]


def _closed(patient: Patient, details: PatientDetails) -> Lookalike:
    """Of a record that is closed to who asks: what they typed, and that it is restricted."""
    return Lookalike(
        id=patient.pk,
        address=patient.get_absolute_url(),
        name="A restricted record",
        born="not shown",
        mrn=details.mrn,
        shares="MRN, written in another way",
        is_archived=False,
    )


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
