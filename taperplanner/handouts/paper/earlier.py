"""What holds while a version waits for its first day: no paper of the waiting one may forget it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from taperplanner.tapers.chain import answering, spans
from taperplanner.tapers.models import Version
from taperplanner.tapers.schedule import Schedule
from taperplanner.tapers.signed import load


@dataclass(frozen=True, slots=True)
class Earlier:
    """The version in force. `last_day`: the last one it answers for; `next_number`: the version that takes over then."""

    number: int
    schedule: Schedule
    last_day: date
    next_number: int


def earlier_than(version: Version, at: datetime) -> Earlier | None:
    """The older version that answered at that moment, if this one had not begun; of what was signed by then.

    `version.plan.patient.clinic` must be at hand. Raises: Tampered.
    """
    today = version.plan.patient.clinic.day_of(at)
    if version.first_day <= today:
        return None
    versions = [one for one in version.plan.versions.all() if one.signed_at <= at]
    current = answering(versions, today)
    if current is None or current.number > version.number:
        return None
    for (one, _, last_day), (following, _, _) in pairwise(spans(versions)):
        if one.pk == current.pk and last_day is not None:
            return Earlier(current.number, load(current).schedule, last_day, following.number)
    return None
