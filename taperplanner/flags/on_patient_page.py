"""On the patient's page: the flags that are open, before everything else; and beside it, where the rest of them stand."""

from __future__ import annotations

from typing import Final

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.rows_within import has_any

from .lines import lines_of
from .models import Flag

MOST_OPEN: Final = 20


def open_flags_section(request: ClinicRequest, patient: Patient) -> Section | None:
    """The newest, of more than anybody reads."""
    if not has_any(patient, Flag):
        return None
    found = lines_of(patient.flags.open().newest_first()[: MOST_OPEN + 1], request)
    context = {"open": found[:MOST_OPEN], "has_more": len(found) > MOST_OPEN}
    return Section("flags/_open.html", context) if found else None


def flags_section(request: ClinicRequest, patient: Patient) -> Section | None:
    """Nothing of an archived patient about whom no flag was written: none can be."""
    has_flags = has_any(patient, Flag)
    return Section("flags/_beside.html", {"any": has_flags}) if has_flags or not patient.archived_at else None
