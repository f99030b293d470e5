"""Why somebody who is not named for a restricted record saw it: the reason that they typed, for the access report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from taperplanner.audit.models import Event

from ..models import EmergencyAccess


def emergency_reasons(patient_id: UUID, events: Sequence[Event]) -> Mapping[UUID, str]:
    """By the id of each event that an emergency access opened the way for, which the event names."""
    named = {event.pk: UUID(hex=name) for event in events if (name := event.details.get("emergency_access"))}
    accesses = EmergencyAccess.objects.filter(patient=patient_id).in_bulk(set(named.values()))
    return {pk: accesses[access].reason for pk, access in named.items() if access in accesses}
