"""Beside the patient's page: who helps at home now, and what they may be told."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.places import Section

from ..models import Patient
from .listing import helpers_of


def at_home_section(request: ClinicRequest, patient: Patient) -> Section:
    return Section("patients/_at_home.html", {"helpers": helpers_of(patient, zone=request.clinic.zone)})
