"""Which products a check-in asks about, and what is to be taken now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.course import Course
from taperplanner.tapers.schedule.schedule import Schedule, ScheduleProduct
from taperplanner.tapers.signed.content import Tampered, verified_course
from taperplanner.tapers.wording.lines import ended_line
from taperplanner.tapers.wording.today import day_line, pattern_line

NOTHING_SIGNED: Final = "Nothing is signed for this plan yet, so no schedule says what is taken now."
NOT_AS_SIGNED: Final = "What is to be taken now cannot be shown: the schedule is no longer what was signed."


@dataclass(frozen=True, slots=True)
class Asked:
    """`now`: what is to be taken today, in a sentence; on a day of a pattern also what is taken on its other days.
    `as_needed`: whether there was a dose as needed to ask about."""

    products: tuple[ScheduleProduct, ...]
    now: str
    as_needed: bool = False

    def with_products(self, more: Iterable[ScheduleProduct]) -> Asked:
        """Also ask about these."""
        found = {product.number: product for product in (*more, *self.products)}
        return replace(self, products=tuple(found[number] for number in sorted(found)))


def asked_of(plan: Plan, *, today: date, reported_days: Iterable[date] = ()) -> Asked:
    """The products of each version that was in force on a day since the last contact, or since the first of the
    `reported_days`. Without such a version, the products of the plan.

    `plan.patient` must be at hand.
    """
    contacts = plan.check_ins.valid().filter(happened_on__lte=today).newest_first()
    last_contact = contacts.values_list("happened_on", flat=True).first()
    since = min([*reported_days, *([last_contact] if last_contact else [])], default=None)
    try:
        course = verified_course(plan)
    except Tampered:
        return Asked(tuple(_of_plan(plan)), NOT_AS_SIGNED if plan.is_open else _ended(plan, today))
    schedules = _in_force(course, since, today) if course else []
    products: dict[int, ScheduleProduct] = {}
    for schedule in schedules:
        products |= schedule.products
    return Asked(
        tuple(products[number] for number in sorted(products)) or tuple(_of_plan(plan)),
        _now(plan, course, today),
        any(schedule.as_needed for schedule in schedules),
    )


def _in_force(course: Course[Version], since: date | None, today: date) -> list[Schedule]:
    """`since`: None asks of every version that has begun."""
    return [
        span.schedule
        for span in course.spans
        if span.first_day <= today and (since is None or span.last_day is None or span.last_day >= since)
    ]


def _of_plan(plan: Plan) -> list[ScheduleProduct]:
    return [row.as_data() for row in plan.products.by_number().filter(retired_at=None)]


def _now(plan: Plan, course: Course[Version] | None, today: date) -> str:
    if not plan.is_open:
        return _ended(plan, today)
    if course is None:
        return NOTHING_SIGNED
    return f"{day_line(course, today, plan.drug)} {pattern_line(course, today)}".strip()


def _ended(plan: Plan, today: date) -> str:
    return ended_line(plan.get_state_display(), today)
