"""The flags of a patient: those that are open first, and below them what was done."""

from __future__ import annotations

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section

from .lines import flag_line
from .readers import to_be_read_by


def flags_section(request: ClinicRequest, patient: Patient) -> Section | None:
    """Nothing of an archived patient about whom no flag was written: none can be."""
    flags, user, zone = patient.flags.all(), request.user, request.clinic.zone
    mine = set(to_be_read_by(flags, user).values_list("pk", flat=True))
    rows = flags.select_related("seen", "done").newest_first()
    lines = [flag_line(row, user, zone, is_to_read=row.pk in mine) for row in rows]
    if patient.archived_at and not lines:
        return None
    context = {
        "open": [line for line in lines if not line.done],
        "done": [line for line in lines if line.done],
    }
    return Section("flags/_of_patient.html", context)
