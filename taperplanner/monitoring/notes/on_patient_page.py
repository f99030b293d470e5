"""The newest notes, on the patient's page."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section

from .lines import newest_notes


def notes_section(request: ClinicRequest, patient: Patient) -> Section:
    context = {"notes": newest_notes(patient), "count": patient.notes.count()}
    return Section("monitoring/_notes_of_patient.html", context)
