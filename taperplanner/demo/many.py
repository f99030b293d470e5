"""A clinic of any number of synthetic patients: made lot by lot, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from taperplanner.accounts.models import Clinic, User
from taperplanner.patients.models import Patient

from .actions.people import add_many_patients
from .actions.plans import make_many_plans
from .clinic import make_clinic
from .many_people import MARK, person
from .many_plans import plan_of, said

NAME: Final = "Lakeside Clinic (synthetic patients only)"
DOMAIN: Final = "lakeside"
PATIENTS_AT_ONCE: Final = 2000
PLANS_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """`due`: of so many of the plans something is due now; the others are quiet for a week."""

    patients: int
    plans: int = 0
    due: int = 0
    clinic: str = NAME
    domain: str = DOMAIN


@dataclass(frozen=True, slots=True)
class Made:
    """So far."""

    patients: int = 0
    plans: int = 0


def has_real_patients() -> bool:
    """Whether somebody is there whose MRN does not say that they are synthetic."""
    return Patient.objects.exclude(mrn__startswith=MARK).exists()


def make(wanted: Wanted, *, at: datetime) -> Iterator[Made]:
    """So many more than there are. After each lot, which is a transaction: what has been made."""
    clinic, by = _clinic(wanted, at)
    before, made = clinic.patients.count(), Made()
    yield made
    while made.patients < wanted.patients:
        first = before + made.patients + 1
        lot = range(first, first + min(PATIENTS_AT_ONCE, wanted.patients - made.patients))
        patients = add_many_patients(clinic=clinic, people=list(map(person, lot)), by=by, at=at)
        made = Made(made.patients + len(patients), made.plans)
        yield made
        patients = patients[: wanted.plans - made.plans]
        for start in range(0, len(patients), PLANS_AT_ONCE):
            some = patients[start : start + PLANS_AT_ONCE]
            _plans(some, made.plans, wanted.due, clinic, by=by, at=at)
            made = Made(made.patients, made.plans + len(some))
            yield made


def _clinic(wanted: Wanted, at: datetime) -> tuple[Clinic, User]:
    if clinic := Clinic.objects.filter(name=wanted.clinic).first():
        return clinic, clinic.users.get(email=f"provider@{wanted.domain}.example")
    return make_clinic(wanted.clinic, wanted.domain, at)


def _plans(patients: list[Patient], before: int, due: int, clinic: Clinic, *, by: User, at: datetime) -> None:
    today = clinic.day_of(at)
    make_many_plans(
        plans=[
            plan_of(patient, number, today, is_due=number < due)
            for number, patient in enumerate(patients, before)
        ],
        said=said(today),
        today=today,
        by=by,
        at=at,
    )
