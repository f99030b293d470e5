"""Whether one printed copy may be followed on a day: the one answer for the phone, the plan and the worklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final
from uuid import UUID

from taperplanner.tapers.models import Version
from taperplanner.tapers.schedule import Phase, Schedule
from taperplanner.tapers.signed import SignedContent, Tampered, load

from ..models import PrintedHandout
from ..paper.earlier import Earlier, earlier_than
from ..paper.layouts import Layout
from ..printing.from_version import replaced_on
from ..printing.may_print import is_for_somebody_else

ONE_DAY: Final = timedelta(days=1)


class Kind(Enum):
    CURRENT = auto()
    NOT_YET = auto()  # from `day` on
    UNTIL = auto()  # the day before `day`, on which a newer version begins
    OVER = auto()  # the step that a card tells of ended on the day before `day`
    REPLACED = auto()  # since `day`
    OVERTAKEN = auto()  # a newer version took its place before it began: it was never to be followed
    ENDED = auto()  # the plan
    DOUBTFUL = auto()  # something is wrong that only the clinic can tell


@dataclass(frozen=True, slots=True)
class Standing:
    kind: Kind
    day: date | None = None

    @property
    def may_be_followed(self) -> bool:
        return self.kind in {Kind.CURRENT, Kind.UNTIL}


@dataclass(frozen=True, slots=True)
class _Facts:
    """Of a version. `schedule`: None where only the clinic can tell what holds."""

    schedule: Schedule | None
    replaced_on: date | None


def standings_of(copies: Iterable[PrintedHandout], today: date) -> list[Standing]:
    """Each version is read once. `copy.version.plan.patient.clinic` must be at hand."""
    known: dict[UUID, _Facts] = {}
    found = []
    for copy in copies:
        if copy.version_id not in known:
            known[copy.version_id] = _facts_of(copy.version)
        found.append(_standing(copy, known[copy.version_id], today))
    return found


def standing_of(copy: PrintedHandout, today: date) -> Standing:
    """`copy.version.plan.patient.clinic` must be at hand."""
    return standings_of([copy], today)[0]


def _facts_of(version: Version) -> _Facts:
    try:
        content = load(version)
    except Tampered:
        return _Facts(None, None)
    replaced = replaced_on(version)
    return _Facts(
        None if _is_doubtful(version, content) else content.schedule, replaced[1] if replaced else None
    )


def _standing(copy: PrintedHandout, facts: _Facts, today: date) -> Standing:
    version = copy.version
    if not version.plan.is_open:
        return Standing(Kind.ENDED)
    if facts.schedule is None:
        return Standing(Kind.DOUBTFUL)
    first = facts.replaced_on
    if first is not None and first <= max(today, version.first_day):
        return Standing(Kind.REPLACED, first) if first <= today else Standing(Kind.OVERTAKEN)
    earlier = earlier_than(version, copy.printed_at) if copy.layout == Layout.WALLET else None
    if today < version.first_day and earlier is None:
        return Standing(Kind.NOT_YET, version.first_day)
    over = _over_on(copy, facts.schedule, earlier)
    if over is not None and over <= today:
        return Standing(Kind.OVER, over)
    return Standing(Kind.CURRENT) if first is None else Standing(Kind.UNTIL, first)


def _is_doubtful(version: Version, content: SignedContent) -> bool:
    """The record is archived or names somebody else, or the newest check of the version found differences."""
    check = version.checks.oldest_first().last()
    return is_for_somebody_else(content, version.plan.patient) or (check is not None and not check.agrees)


def _over_on(copy: PrintedHandout, schedule: Schedule, earlier: Earlier | None) -> date | None:
    """A card tells of one step: the day after it. None where a paper holds until the clinic says otherwise.

    `earlier`: what was in force when a card of a version that waited was printed: it tells of that.
    """
    if copy.layout != Layout.WALLET:
        return None
    printed_on = copy.version.plan.patient.clinic.day_of(copy.printed_at)
    phase, dated = (earlier.schedule if earlier else schedule).on(printed_on)
    if phase is Phase.BEFORE:
        return schedule.first_day
    ends = [dated.last_day] if phase is Phase.STEP and dated else []
    ends += [earlier.last_day] if earlier else []
    return min(ends) + ONE_DAY if ends else None
