"""From the patient of the address to one of their notes."""

from __future__ import annotations

from taperplanner.accounts.decorators import Addressed, FromRow, ViewOf, row_of
from taperplanner.patients.decorators import with_patient
from taperplanner.patients.models import Patient

from ..models import PatientNote

_note: FromRow[PatientNote, Patient] = row_of(
    lambda patient: patient.notes.select_related("error"), named="note_number", parent="patient"
)


def with_note(view: ViewOf[PatientNote]) -> Addressed:
    return with_patient(_note(view))
