"""Work that saves by itself while somebody types is one sitting, and its first save is the event."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from .log import Actor
from .models import Event

# As long without a save, or somebody else's save between, ends it.
SITTING: Final = timedelta(minutes=30)


def was_shown(page: str, *, by: Actor, patient_id: UUID, at: datetime) -> bool:
    """Whether an event of this sitting says already that this page of the patient was shown to this person."""
    return Event.objects.filter(
        patient_id=patient_id,
        at__gt=at - SITTING,
        user_id=by.id,
        action="patient.page_shown",
        subject=page,
    ).exists()
