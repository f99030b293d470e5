"""Why somebody who is not named for a restricted record saw it: the reason that they typed, of a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ..models import EmergencyAccess


def emergency_reason(*, patient_id: UUID, user_id: UUID, at: datetime) -> str:
    """Of the emergency access that lasted at that moment; empty where there was none."""
    begun = EmergencyAccess.objects.filter(
        patient=patient_id, begun_by=user_id, begun_at__lte=at, until__gt=at
    )
    for access in begun.select_related("end").newest_first():
        end = getattr(access, "end", None)
        if end is None or at <= end.ended_at:
            return access.reason
    return ""
