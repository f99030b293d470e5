"""The lines of an open plan, from its records alone.

A line may stand too early by a day or more, where the time zone or a later day decides: whoever reads it looks at the
plan. It never stands too late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from taperplanner.monitoring.supply.balance import Count
from taperplanner.monitoring.supply.stock import Stock
from taperplanner.patients.models import REVIEW_IS_STALE_AFTER_DAYS
from taperplanner.tapers.schedule.course import CourseDay, Span, is_held
from taperplanner.tapers.schedule.schedule import Ending, Schedule

from .caseload import ONE_DAY, InForce, OpenPlan
from .counts import counted_of
from .models import Kind

IS_STALE_AFTER: Final = timedelta(days=REVIEW_IS_STALE_AFTER_DAYS)


@dataclass(frozen=True, slots=True)
class Line:
    """`last_day`: None: until something is recorded. `product`: 0: of none."""

    plan: UUID
    kind: Kind
    first_day: date
    last_day: date | None = None
    product: int = 0


Days: TypeAlias = tuple[date, date | None]


def lines_of(open_plans: Sequence[OpenPlan]) -> Iterator[Line]:
    """Shape: all open plans of some patients."""
    listed = set[UUID]()
    for open_plan in open_plans:
        patient, always = open_plan.plan.patient_id, (first_possible_day(open_plan.plan.opened_at), None)
        due_on = open_plan.reviews.due_on
        found: dict[Kind, list[Days]] = {
            Kind.TAMPERED: [always] if open_plan.is_tampered else [],
            Kind.CHANGE: [(day, day) for day in _changes(open_plan)],
            Kind.REVIEW: [(due_on, None)] if due_on else [],
            Kind.HOLD: [held for one in open_plan.spans if (held := _held(one))],
            Kind.LAST_DAY: [(one.version.last_day, None) for one in open_plan.spans[-1:]],
            Kind.DRAFT: [always] if open_plan.draft else [],
            # Each patient once, whatever the number of plans.
            Kind.LIST: [(_list_day(open_plan), None)] if patient not in listed else [],
            Kind.UNDATED: [] if due_on else [always],
        }
        listed.add(patient)
        for kind, days in found.items():
            yield from (Line(open_plan.plan.pk, kind, first, last) for first, last in days)
        yield from _supply(open_plan)


def first_possible_day(moment: datetime) -> date:
    """The earliest that it may have been in any time zone."""
    return moment.astimezone(UTC).date() - ONE_DAY


def changes_of(schedule: Schedule) -> Iterator[date]:
    """The first day of each step, and the day after a schedule that stops."""
    yield from (dated.first_day for dated in schedule.dated_steps())
    if schedule.ending is Ending.STOP:
        yield schedule.day_after


def _changes(open_plan: OpenPlan) -> set[date]:
    return {
        day
        for span in open_plan.spans
        if span.schedule
        for day in changes_of(span.schedule)
        if span.covers(day)
    }


def _held(one: InForce) -> Days | None:
    """From when to when a version holds its first step."""
    if one.schedule is None:
        return None
    span, first = Span(one.version, one.schedule, one.first_day, one.last_day), one.schedule.first_day
    if not is_held(CourseDay(first, span, *one.schedule.on(first))):
        return None
    if len(one.schedule.steps) == 1 and one.schedule.ending is Ending.STAY:
        return first, one.last_day
    last = next(one.schedule.dated_steps()).last_day
    return first, min(last, one.last_day or last)


def _list_day(open_plan: OpenPlan) -> date:
    reviewed, changed = open_plan.reviewed_at, open_plan.changed_at
    if reviewed is None:
        return first_possible_day(open_plan.plan.opened_at)
    if changed is not None and changed > reviewed:
        return first_possible_day(changed)
    return first_possible_day(reviewed) + IS_STALE_AFTER + ONE_DAY


def _supply(open_plan: OpenPlan) -> Iterator[Line]:
    """Seen from the day of the last event on: what is short later is short whatever the day, and a count on a day
    whose doses were taken is compared on the day after."""
    for number, stock in open_plan.stocks.items():
        short, missing = set[Days](), set[Days]()
        for day in _seen_from(stock):
            one = counted_of(open_plan, day, number)
            if one is None:
                continue
            first_days = (one.balance.short_on, one.beside.balance.short_on if one.beside else None)
            short |= {(first, one.needed_until) for first in first_days if first}
            missing |= {(one.missing.count.day, None)} if one.missing else set()
        for kind, days in ((Kind.SUPPLY, short), (Kind.COUNT, missing)):
            if days:
                yield Line(open_plan.plan.pk, kind, *min(days, key=_first_of), number)


def _seen_from(stock: Stock) -> set[date]:
    last = max(event.day for event in stock.events)
    return {last, max(event.holds_from if isinstance(event, Count) else event.day for event in stock.events)}


def _first_of(days: Days) -> date:
    return days[0]
