"""The newest notes, on the patient's page."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.rows_within import has_any

from ..models import PatientNote
from .lines import newest_notes


def notes_section(request: ClinicRequest, patient: Patient) -> Section:
    notes, count = newest_notes(patient) if has_any(patient, PatientNote) else ([], 0)
    return Section("monitoring/_notes_of_patient.html", {"notes": notes, "count": count})
