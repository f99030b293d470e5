"""The flags of a patient: those that are open first, and below them what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from taperplanner.accounts.http import ClinicRequest
from taperplanner.patients.models import Patient
from taperplanner.places import Section
from taperplanner.rows_within import has_any

from .lines import FlagLine, flag_line
from .models import Flag
from .readers import to_be_read_by


def flags_section(request: ClinicRequest, patient: Patient) -> Section | None:
    """Nothing of an archived patient about whom no flag was written: none can be."""
    lines = _lines(request, patient) if has_any(patient, Flag) else []
    if patient.archived_at and not lines:
        return None
    context = {
        "open": [line for line in lines if not line.done],
        "done": [line for line in lines if line.done],
    }
    return Section("flags/_of_patient.html", context)


def _lines(request: ClinicRequest, patient: Patient) -> list[FlagLine]:
    user, zone = request.user, request.clinic.zone
    mine = to_be_read_by(Flag.objects.filter(pk=OuterRef("pk")), user)
    rows: Iterable[Any] = (
        patient.flags.select_related("seen", "done").newest_first().annotate(is_mine=Exists(mine))
    )
    return [flag_line(row, user, zone, is_to_read=row.is_mine) for row in rows]
