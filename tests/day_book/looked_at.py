"""The worklist of somebody who opens every plan of the clinic, and reads no day book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taperplanner.day_book.caseload import ONE_DAY, THIS_WEEK, OpenPlan, open_plans_of
from taperplanner.day_book.models import Due, Kind
from taperplanner.worklist.due import DueSection
from taperplanner.worklist.page import sections, sections_of
from taperplanner.worklist.sections import WorklistQuery

from ..world.universe import House

Said = tuple[str, str, str, str]


def by_the_book(house: House, today: date) -> list[Said]:
    """Section, plan's address, when and what of each row that the page shows."""
    keys = {one.key for one in sections if isinstance(one, DueSection)}
    shown = sections_of(query(house, today))
    return sorted(
        (section.key, row.address, row.when, row.what)
        for section in shown
        for row in section.rows
        if section.key in keys
    )


def by_every_plan(house: House, today: date) -> list[Said]:
    patients = list(house.clinic.patients.values_list("pk", flat=True))
    open_plans = open_plans_of(patients)
    found = set()
    for section in (one for one in sections if isinstance(one, DueSection)):
        listed = set()
        for open_plan in open_plans:
            if section.kind is Kind.LIST and open_plan.plan.patient_id in listed:
                continue
            listed.add(open_plan.plan.patient_id)
            for line in whatever_may_be(section, open_plan, today):
                row = section.row_of(open_plan, line, query(house, today))
                if row and not has_days_to_go(section, open_plan, today):
                    found.add((section.key, row.address, row.when, row.what))
    return sorted(found)


def has_days_to_go(section: DueSection, open_plan: OpenPlan, today: date) -> bool:
    """The last day is said of a plan at any time: it is the page that asks only for those near."""
    last_day = open_plan.spans[-1].version.last_day if open_plan.spans else today
    return section.kind is Kind.LAST_DAY and last_day > today + THIS_WEEK


def whatever_may_be(section: DueSection, open_plan: OpenPlan, today: date) -> Iterator[Due]:
    """Lines of each day that the section speaks of, and of each product."""
    if section.kind is Kind.CHANGE:
        days = [today] if section.key == "steps-today" else [today + at * ONE_DAY for at in range(1, 7)]
        return (Due(kind=section.kind, first_day=day) for day in days)
    return (Due(kind=section.kind, first_day=today, product=at) for at in (*open_plan.stocks, 0))


def query(house: House, today: date) -> WorklistQuery:
    return WorklistQuery(house.clinic, today, None, limit=500, user=house.staff)
