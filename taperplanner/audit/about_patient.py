"""All events that a patient is in: those about the patient, and those of lists with the patient among others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from .log import events_of
from .models import EventQuerySet

# They hold the ids of everybody on them. Of these, only the days that are asked for are read.
LISTS: Final = (
    "worklist.shown",
    "patients.list_shown",
    "registry.shown",
    "down_time_forms.shown",
    "registry.exported",
    "emergency_accesses.shown",
)


def events_about(
    clinic_id: UUID, patient_id: UUID, *, since: datetime | None, before: datetime | None
) -> Sequence[EventQuerySet]:
    """Each read off an index of its own, for `pages.page_of`."""
    events = events_of(clinic_id)
    if since:
        events = events.filter(at__gte=since)
    if before:
        events = events.filter(at__lt=before)
    lists = events.filter(action__in=LISTS).annotate(listed=Cast("details", TextField()))
    return events.filter(patient_id=patient_id), lists.filter(listed__contains=patient_id.hex)
