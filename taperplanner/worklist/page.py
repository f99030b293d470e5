"""Places on the worklist that this room and rooms above fill, so that no import points up.

A room registers from its `AppConfig.ready()`: a section in `sections`, or something that can be done with the plans that
are ticked, in `batches`. The page draws the sections in the order in which they were registered, those of
`urgent` behind the first of them, which is that of emergencies, and reads the plans of all their rows together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias
from uuid import UUID

from taperplanner.accounts.permissions import Permission
from taperplanner.day_book.caseload import open_plans_of
from taperplanner.places import Registry

from .due import DueSection, parts_of
from .sections import Part, Section, WorklistQuery
from .stays import with_stays
from .today import with_today


@dataclass(frozen=True, slots=True)
class Batch:
    """Something to do with the ticked plans. Their ids are posted as `plan` to the address named."""

    label: str
    url_name: str
    permission: Permission


SectionOf: TypeAlias = Callable[[WorklistQuery], Section]  # it reads all of its rows itself

sections: Registry[SectionOf | DueSection] = Registry()
urgent: Registry[SectionOf] = Registry()
batches: Registry[Batch] = Registry()


def sections_of(query: WorklistQuery) -> list[Section]:
    """As many queries for 3 plans as for 400, and as many for a clinic of 10,000."""
    first, *rest = sections
    every = [first, *urgent, *rest]
    made: dict[object, Section] = {one: one(query) for one in every if not isinstance(one, DueSection)}
    parts = parts_of((one for one in every if isinstance(one, DueSection)), query)
    open_plans = open_plans_of(_patients(parts.values(), made.values()), around=query.today)
    by_id = {open_plan.plan.pk: open_plan for open_plan in open_plans}
    made |= {one: one.made(part, by_id, query) for one, part in parts.items()}
    in_order = [_placed(made[one], query) for one in every]
    return with_stays(with_today(in_order, open_plans, query.today), open_plans)


def _placed(section: Section, query: WorklistQuery) -> Section:
    after = query.after_of(section.key)
    return replace(section, after=after, next=after + query.limit)


def _patients(parts: Iterable[Part], made: Iterable[Section]) -> set[UUID]:
    """Everybody whom these lines and rows name."""
    by_lines = {line.patient_id for part in parts for line in part.rows}
    return by_lines | {row.patient.pk for section in made for row in section.rows if row.patient}
