"""Which older version is in force while a newer one waits for its first day, and when a joint paper begins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
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


def joint_first_day(printed: Iterable[tuple[Version, Iterable[Version]]], at: datetime) -> date:
    """The day with which one paper of several plans begins: the first from which all that stands on it holds.

    `printed`: each of its versions, and all of the same plan. A version that waits for its day while an older one comes
    before it keeps the whole paper back, since nothing on it says what the older one says; a plan that only begins later
    does not.
    """
    pairs = [(version, [one for one in versions if one.signed_at <= at]) for version, versions in printed]
    today = pairs[0][0].plan.patient.clinic.day_of(at)
    first = today
    for version, signed in pairs:
        if any(one.number < version.number and one.first_day < version.first_day for one in signed):
            first = max(first, version.first_day)
    return max(first, min(version.first_day for version, _ in pairs))
