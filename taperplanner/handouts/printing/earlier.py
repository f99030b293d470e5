"""Which older version is in force while a newer one waits for its first day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from taperplanner.tapers.models import Version
from taperplanner.tapers.schedule.chain import spans, version_in_force
from taperplanner.tapers.signed.content import verified_content

from ..paper.earlier import Earlier


def earlier_than(version: Version, versions: Iterable[Version], at: datetime) -> Earlier | None:
    """The older version that answered at that moment, if this one had not begun; of what was signed by then.

    `versions`: all of the plan. `version.plan.patient.clinic` must be at hand. Raises: Tampered.
    """
    today = version.plan.patient.clinic.day_of(at)
    if version.first_day <= today:
        return None
    signed = [one for one in versions if one.signed_at <= at]
    current = version_in_force(signed, on=today)
    if current is None or current.number > version.number:
        return None
    for (one, _, last_day), (following, _, _) in pairwise(spans(signed)):
        if one.pk == current.pk and last_day is not None:
            current.plan = version.plan
            return Earlier(current.number, verified_content(current).schedule, last_day, following.number)
    return None
