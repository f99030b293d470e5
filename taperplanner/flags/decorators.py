"""From the patient of the address to one of their flags."""

from __future__ import annotations

from taperplanner.accounts.decorators import Addressed, FromRow, ViewOf, row_of
from taperplanner.patients.decorators import with_patient
from taperplanner.patients.models import Patient

from .models import Flag

_flag: FromRow[Flag, Patient] = row_of(lambda patient: patient.flags, named="flag_number", parent="patient")


def with_flag(view: ViewOf[Flag]) -> Addressed:
    return with_patient(_flag(view))
