"""Plans and follow-ups of a range of days, in a number of queries that does not grow with the clinic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from taperplanner.accounts.models import Clinic
from taperplanner.monitoring.models import FollowUp, Status
from taperplanner.tapers.models import Plan, State, Version, versions_by_plan
from taperplanner.tapers.schedule.reasons import Reason

ABOUT_HOLDS: Final = {Reason.HOLD, Reason.HOLD_ENDED, Reason.DAYS_CHANGED}


@dataclass(frozen=True, slots=True)
class DateRange:
    """From the first day to the last, both counted."""

    first_day: date
    last_day: date

    def contains(self, day: date | None) -> bool:
        return day is not None and self.first_day <= day <= self.last_day

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From the clinic's midnight before to its last moment."""
        return datetime.combine(self.first_day, time.min, zone), datetime.combine(
            self.last_day, time.max, zone
        )


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """Follow-ups due in the range, by outcome. On time: done by the end of the day it was due on."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    cancelled: int = 0
    not_settled: int = 0

    @property
    def all(self) -> int:
        return self.on_time + self.late + self.missed + self.cancelled + self.not_settled


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan that was opened, started, changed or ended in the range, with what was signed in it.

    `days_changed`: changes from before holds and their ends were recorded separately; each may be either.
    """

    plan: Plan
    opened_on: date
    started_on: date | None
    state: str
    ended_on: date | None
    holds: int
    holds_ended: int
    days_changed: int
    revisions: int
    follow_ups: FollowUpCounts


def plans_in(clinic: Clinic, days: DateRange) -> list[PlanLine]:
    """Four queries, however many plans."""
    begins, ends = days.moments(clinic.zone)
    in_range = Version.objects.filter(plan=OuterRef("pk")).filter(
        Q(signed_at__range=(begins, ends)) | Q(number=1, first_day__range=(days.first_day, days.last_day))
    )
    due = FollowUp.objects.valid().filter(plan=OuterRef("pk"), due_on__range=(days.first_day, days.last_day))
    plans = list(
        Plan.objects.filter(patient__clinic=clinic)
        .filter(
            Q(opened_at__range=(begins, ends))
            | Q(stopped_on__range=(days.first_day, days.last_day))
            | Q(stopped_on=None, ended_at__range=(begins, ends))
            | Exists(in_range)
            | Exists(due)
        )
        .select_related("patient")
        .order_by("opened_at", "patient__mrn", "number")
    )
    versions = versions_by_plan(plans)
    follow_ups = _by_plan(
        FollowUp.objects.valid().filter(plan__in=plans, due_on__range=(days.first_day, days.last_day))
    )
    return [
        _line(clinic, plan, versions[plan.pk], _counted(clinic, follow_ups[plan.pk]), days) for plan in plans
    ]


def _by_plan(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.plan_id].append(row)
    return found


def _line(
    clinic: Clinic, plan: Plan, versions: list[Version], follow_ups: FollowUpCounts, days: DateRange
) -> PlanLine:
    newer = [one for one in versions if one.replaces and days.contains(clinic.day_of(one.signed_at))]
    signed = Counter(Reason(one.reason) for one in newer)
    return PlanLine(
        plan=plan,
        opened_on=clinic.day_of(plan.opened_at),
        started_on=min((one.first_day for one in versions), default=None),
        state=State(plan.state).label,
        ended_on=plan.last_day(clinic),
        holds=signed[Reason.HOLD],
        holds_ended=signed[Reason.HOLD_ENDED],
        days_changed=signed[Reason.DAYS_CHANGED],
        revisions=sum(count for reason, count in signed.items() if reason not in ABOUT_HOLDS),
        follow_ups=follow_ups,
    )


def _counted(clinic: Clinic, follow_ups: list[FollowUp]) -> FollowUpCounts:
    counted: dict[str, int] = defaultdict(int)
    for row in follow_ups:
        counted[_outcome(clinic, row)] += 1
    return FollowUpCounts(**counted)


def _outcome(clinic: Clinic, row: FollowUp) -> str:
    if row.status == Status.DONE and row.settled_at is not None:
        return "on_time" if clinic.day_of(row.settled_at) <= row.due_on else "late"
    return {Status.MISSED.value: "missed", Status.CANCELLED.value: "cancelled"}.get(row.status, "not_settled")
