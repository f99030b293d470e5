"""Sections of plans that the day book names: first the lines that are shown, then the plans of all of them at once.

What a row says is read from the plan itself. A line that stands too early says nothing, and makes no row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias
from uuid import UUID

from django.db.models import F, Value

from taperplanner.day_book.caseload import THIS_WEEK, OpenPlan
from taperplanner.day_book.models import Due, DueQuerySet, Kind
from taperplanner.patients.restricted.rule import open_to

from .sections import Part, Section, WorklistQuery, WorklistRow, asked_for, of_provider, part_of


class DueLine(NamedTuple):
    """A line of the day book with whose plan it is, in the order of `by_day`."""

    first_day: date
    plan_id: UUID
    product: int
    id: UUID
    patient_id: UUID


LinesOn: TypeAlias = Callable[[DueQuerySet, date], DueQuerySet]
RowOf: TypeAlias = Callable[[OpenPlan, DueLine, WorklistQuery], WorklistRow | None]


@dataclass(frozen=True, slots=True)
class DueSection:
    """`lines_on`: of a kind's lines, those that are shown on a day."""

    key: str
    title: str
    kind: Kind
    lines_on: LinesOn
    row_of: RowOf
    is_selectable: bool = False

    def lines(self, query: WorklistQuery) -> DueQuerySet:
        rows = self.lines_on(Due.objects.filter(clinic=query.clinic, kind=self.kind), query.today)
        return of_provider(open_to(rows, query.user, patient="plan__patient"), query.provider).by_day()

    def made(self, part: Part, open_plans: Mapping[UUID, OpenPlan], query: WorklistQuery) -> Section:
        found = [
            (line.first_day, open_plan.plan.patient.sort_key, line.id, row)
            for line in part.rows
            if (open_plan := open_plans.get(line.plan_id)) and (row := self.row_of(open_plan, line, query))
        ]
        rows = [row for *_, row in sorted(found, key=lambda one: one[:3])]
        # A line that makes no row is counted by nobody.
        total = part.total - len(part.rows) + len(rows)
        return Section(self.key, self.title, rows, total, part.has_more, self.is_selectable)


def parts_of(sections: Iterable[DueSection], query: WorklistQuery) -> dict[DueSection, Part]:
    """Of each section its lines: one query for all."""
    lines = {one: one.lines(query) for one in sections}
    asked = [
        Due.objects.filter(pk__in=asked_for(rows, query, one.key).values("pk"))
        .annotate(section=Value(one.key), patient_id=F("plan__patient_id"))
        .values_list("section", *DueLine._fields)
        for one, rows in lines.items()
    ]
    found: dict[str, list[DueLine]] = defaultdict(list)
    for section, *line in asked[0].union(*asked[1:], all=True):
        found[section].append(DueLine(*line))
    return {one: part_of(rows, query, one.key, sorted(found[one.key])) for one, rows in lines.items()}


def whatever_the_day(lines: DueQuerySet, today: date) -> DueQuerySet:
    return lines


def today_and_before(lines: DueQuerySet, today: date) -> DueQuerySet:
    """That have begun, and are not over."""
    return lines.by_then(today).still_on(today)


def this_week_and_before(lines: DueQuerySet, today: date) -> DueQuerySet:
    """That begin by the end of six days from today, and are not over."""
    return lines.by_then(today + THIS_WEEK).still_on(today)
