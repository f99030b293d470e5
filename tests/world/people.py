"""Patients for any room's tests, made by the same actions as the pages use."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.patients.actions import add_patient, answer_safety_facts, edit_patient
from taperplanner.patients.details import FactAnswer, MedicationDetails, PatientDetails
from taperplanner.patients.medications.actions import add_medication
from taperplanner.patients.models import Answer, Fact, Kind, MedicationRecord, Patient, Use

from .remembered import remembered
from .universe import NOW, House, confirm

_numbers = count(1)


@remembered
def build_patient(house: House, *, by: User | None = None, at: datetime = NOW, **given: Any) -> Patient:
    """A patient with an MRN of their own; `given` are fields of PatientDetails."""
    details: dict[str, Any] = {
        "mrn": f"T-{next(_numbers):05}",
        "given_name": "Test",
        "family_name": "Patient",
        "date_of_birth": date(1970, 1, 31),
    }
    return add_patient(
        clinic=house.clinic, details=PatientDetails(**(details | given)), by=by or house.provider, at=at
    )


@remembered
def ana(house: House) -> Patient:
    """Everything is filled in, and every safety fact is answered "no"."""
    patient = build_patient(
        house,
        mrn="A-1001",
        given_name="Ana",
        family_name="Rivera",
        preferred_name="Nita",
        date_of_birth=date(1980, 3, 2),
        phone="555-0111",
        emergency_contact_name="Luis Rivera",
        emergency_contact_relation="Brother",
        emergency_contact_phone="555-0112",
        home_caregiver="Her brother, every evening",
    )
    answer_all(patient, by=house.provider)
    patient.refresh_from_db()
    return patient


@remembered
def of_1961(house: House, birth_year: int = 1961) -> Patient:
    """Somebody of whom only the year of birth is known, 64 or 65 on the universe's day. Every fact is answered "no"."""
    patient = build_patient(
        house, mrn="Y-7", given_name="Ana", family_name="Rivera", date_of_birth=None, birth_year=birth_year
    )
    answer_all(patient, by=house.provider)
    patient.refresh_from_db()
    return patient


def answer_all(patient: Patient, *, by: User, answer: Answer = Answer.NO, at: datetime = NOW) -> None:
    answer_safety_facts(
        patient=patient,
        answers={fact: FactAnswer(answer=answer) for fact in Fact},
        revision=patient.safety_facts_revision,
        by=by,
        at=at,
    )


def medication_record(
    patient: Patient, by: User, *, name: str, at: datetime = NOW, **given: Any
) -> MedicationRecord:
    return add_medication(patient=patient, details=MedicationDetails(name=name, **given), by=by, at=at)


def clonazepam_record(patient: Patient, by: User) -> MedicationRecord:
    return medication_record(
        patient,
        by,
        name="Klonopin",
        kind=Kind.PRESCRIPTION,
        strength="0.5 mg",
        form="Tablet",
        directions="1 tablet in the morning and 1 tablet at bedtime",
        indication="Panic disorder",
        prescriber="Dr. Okafor",
        use=Use.REGULAR,
        started="2019-05",
    )


def edit_meanwhile(house: House, patient: Patient) -> None:
    """The provider saves another phone number while somebody has the page of `ana` open."""
    details = PatientDetails(
        mrn="A-1001",
        given_name="Ana",
        family_name="Rivera",
        date_of_birth=date(1980, 3, 2),
        phone="555-0777",
    )
    edit_patient(patient=patient, details=details, revision=1, by=house.provider, at=NOW)


def another_provider(house: House) -> User:
    user = accounts.add_user(
        clinic=house.clinic,
        email="other@riverside.example",
        name="Olu Other",
        credentials="MD",
        roles={Role.PROVIDER},
        by=house.manager,
        at=NOW,
    )
    return confirm(user)
