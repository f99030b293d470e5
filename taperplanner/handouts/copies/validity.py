"""Whether one printed copy may be followed on a day: the one answer for the phone, the plan and the worklist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final
from uuid import UUID

from taperplanner.places import Registry
from taperplanner.stays.rule import NOWHERE, Whereabouts, whereabouts_of
from taperplanner.tapers.models import Plan, Version, VersionCheck, checks_by_version, versions_by_plan
from taperplanner.tapers.schedule.chain import replaced_by
from taperplanner.tapers.schedule.schedule import Phase, Schedule
from taperplanner.tapers.signed.content import SignedContent, verified_contents

from ..models import PrintedHandout, plans_with_a_version, read_further
from ..paper.earlier import Earlier
from ..paper.layouts import Layout
from ..printing.earlier import earlier_than, joint_first_day
from ..printing.may_print import is_for_somebody_else

ONE_DAY: Final = timedelta(days=1)
# What rooms above know of copies that somebody must look at first: which of these.
doubts: Registry[Callable[[Sequence[PrintedHandout]], set[UUID]]] = Registry()


class Kind(Enum):
    CURRENT = auto()
    NOT_YET = auto()  # from `day` on
    UNTIL = auto()  # the day before `day`, on which a newer version begins
    INCOMPLETE = auto()  # what it says holds, and the patient has another open plan that is not on it
    OVER = auto()  # the step that a card tells of ended on the day before `day`
    REPLACED = auto()  # since `day`
    OVERTAKEN = auto()  # a newer version took its place before it began: it was never to be followed
    ENDED = auto()  # the plan
    DOUBTFUL = auto()  # something is wrong that only the clinic can tell
    AWAY = auto()  # in a facility, or back from one and no provider has decided: only the clinic can tell


@dataclass(frozen=True, slots=True)
class CopyValidity:
    kind: Kind
    day: date | None = None

    @property
    def may_be_followed(self) -> bool:
        return self.kind in {Kind.CURRENT, Kind.UNTIL, Kind.INCOMPLETE}

    @property
    def is_right(self) -> bool:
        """Nobody has to take it back, now or soon."""
        return self.kind in {Kind.CURRENT, Kind.NOT_YET}


@dataclass(frozen=True, slots=True)
class _Facts:
    """Of a version. `schedule`: None where only the clinic can tell what holds. `is_away`: because of where the patient is
    or was."""

    schedule: Schedule | None
    replaced_on: date | None
    versions: tuple[Version, ...]
    is_away: bool = False


def validities_of(
    copies: Iterable[PrintedHandout], today: date, *, shown: Plan | None = None
) -> list[CopyValidity]:
    """Each version is read once, and all of them together. `copy.version.plan.patient.clinic` must be at hand.

    `shown`: a plan whose page this is, and which has its versions already.
    """
    rows = list(copies)
    read_further(rows)
    named = {version.pk: version for copy in rows for version in copy.versions}
    plans = {version.plan_id: version.plan for version in named.values()}
    by_plan = versions_by_plan(plan for plan in plans.values() if plan != shown)
    if shown is not None:
        by_plan[shown.pk] = list(shown.versions.all())
    versions = [version for plan_id in plans for version in by_plan[plan_id] if version.pk in named]
    for version in versions:
        version.plan = plans[version.plan_id]
    contents, checks = verified_contents(versions), checks_by_version(versions)
    away = {copy.version.plan.patient_id for copy in rows if getattr(copy, "has_stays", True)}
    places = whereabouts_of(away)
    facts = {
        version.pk: _facts_of(
            version,
            by_plan[version.plan_id],
            contents[version.pk],
            checks[version.pk][-1:],
            places.get(plans[version.plan_id].patient_id, NOWHERE),
        )
        for version in versions
    }
    followed = plans_with_a_version({copy.version.plan.patient_id for copy in rows if copy.is_joint})
    found = [
        _worst(copy, facts, followed, today)
        if copy.is_joint
        else _validity(copy, copy.version, facts[copy.version_id], today)
        for copy in rows
    ]
    doubted = {key for doubt in doubts for key in doubt(rows)}
    doubtful = CopyValidity(Kind.DOUBTFUL)
    return [
        min(one, doubtful, key=_how_bad) if copy.pk in doubted else one
        for copy, one in zip(rows, found, strict=True)
    ]


def validity_of(copy: PrintedHandout, today: date) -> CopyValidity:
    """`copy.version.plan.patient.clinic` must be at hand."""
    return validities_of([copy], today)[0]


def _worst(
    copy: PrintedHandout, facts: Mapping[UUID, _Facts], followed: Mapping[UUID, set[UUID]], today: date
) -> CopyValidity:
    """Of a joint paper: what holds of its worst version. An open plan that is not on it counts too.

    `followed`: the plans of each patient of which something is signed. A plan that only begins later stands on the
    paper as one that does, and does not keep the others waiting.
    """
    found = []
    for version in copy.versions:
        one, first = _validity(copy, version, facts[version.pk], today), facts[version.pk].replaced_on
        if one.kind is not Kind.NOT_YET:
            found.append(one)
        elif first is not None:
            found.append(CopyValidity(Kind.UNTIL, first))
    begins = joint_first_day(
        [(version, facts[version.pk].versions) for version in copy.versions], copy.printed_at
    )
    if begins > today:
        found.append(CopyValidity(Kind.NOT_YET, begins))
    if followed[copy.version.plan.patient_id] - {version.plan_id for version in copy.versions}:
        found.append(CopyValidity(Kind.INCOMPLETE))
    return min(found, key=_how_bad, default=CopyValidity(Kind.CURRENT))


WORST_FIRST: Final = (
    Kind.ENDED,
    Kind.DOUBTFUL,
    Kind.AWAY,
    Kind.REPLACED,
    Kind.OVERTAKEN,
    Kind.NOT_YET,
    Kind.UNTIL,
    Kind.INCOMPLETE,
    Kind.CURRENT,
)


def _how_bad(validity: CopyValidity) -> tuple[int, date]:
    """And the earliest day first."""
    return WORST_FIRST.index(validity.kind), validity.day or date.min


def _facts_of(
    version: Version,
    of_plan: Sequence[Version],
    content: SignedContent | None,
    newest: Sequence[VersionCheck],
    place: Whereabouts,
) -> _Facts:
    """`content`: None where it is no longer what was signed. `newest`: its newest check, if there was one."""
    if content is None:
        return _Facts(None, None, ())
    replaced = replaced_by(version, of_plan)
    schedule = None if _is_doubtful(version, content, newest) else content.schedule
    is_away = place.is_doubtful(version.plan_id, of_plan)
    return _Facts(schedule, replaced[1] if replaced else None, tuple(of_plan), is_away)


def _validity(copy: PrintedHandout, version: Version, facts: _Facts, today: date) -> CopyValidity:
    """As far as this version of it goes. What is not to be followed anyhow stays so wherever the patient is."""
    found = _as_signed(copy, version, facts, today)
    may_be_followed = found.may_be_followed or found.kind is Kind.NOT_YET
    return CopyValidity(Kind.AWAY) if facts.is_away and may_be_followed else found


def _as_signed(copy: PrintedHandout, version: Version, facts: _Facts, today: date) -> CopyValidity:
    if not version.plan.is_open:
        return CopyValidity(Kind.ENDED)
    if facts.schedule is None:
        return CopyValidity(Kind.DOUBTFUL)
    first = facts.replaced_on
    if first is not None and first <= max(today, version.first_day):
        return CopyValidity(Kind.REPLACED, first) if first <= today else CopyValidity(Kind.OVERTAKEN)
    earlier = earlier_than(version, facts.versions, copy.printed_at) if copy.layout == Layout.WALLET else None
    if today < version.first_day and earlier is None:
        return CopyValidity(Kind.NOT_YET, version.first_day)
    over = _over_on(copy, facts.schedule, earlier)
    if over is not None and over <= today:
        return CopyValidity(Kind.OVER, over)
    return CopyValidity(Kind.CURRENT) if first is None else CopyValidity(Kind.UNTIL, first)


def _is_doubtful(version: Version, content: SignedContent, newest: Sequence[VersionCheck]) -> bool:
    """The record is archived or names somebody else, or the newest check of the version found differences."""
    differs = any(not check.agrees for check in newest)
    return is_for_somebody_else(content, version.plan.patient) or differs


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
