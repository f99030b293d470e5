"""Events that somebody could make without end: so many in a minute, and one more that says that there were more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from .log import Actor, record
from .models import Event

MOST_IN_A_MINUTE: Final = 60


def record_within_limit(
    action: str,
    *,
    beyond: str,
    by: Actor | None,
    at: datetime,
    patient_id: UUID | None = None,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """As `record`, for one person, or for nobody, of a minute of the clock. `beyond`: the action of the one more."""
    minute = at.replace(second=0, microsecond=0)
    ours = Event.objects.filter(user_id=by.id) if by else Event.objects.filter(clinic_id=None)
    said = ours.filter(action__in=(action, beyond), at__gte=minute).count()
    if said < MOST_IN_A_MINUTE:
        record(action, by=by, at=at, patient_id=patient_id, subject=subject, details=details)
    elif said == MOST_IN_A_MINUTE:
        record(beyond, by=by, at=at, details={"from": (details or {}).get("from", "")})
