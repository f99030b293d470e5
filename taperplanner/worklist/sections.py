"""Places on the worklist that this room and rooms above fill, so that no import points up.

A room registers from its `AppConfig.ready()`: a section in `sections`, or something that can be done
with the plans that are ticked, in `batches`. The page draws the sections in the order in which
they were registered. Each asks for a number of queries that does not grow with the clinic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.models import Patient
from taperplanner.places import Registry

from .caseload import OpenPlan


@dataclass(frozen=True, slots=True)
class WorklistQuery:
    """What there is to look through. `provider`: whose plans are asked for; None: everybody's. `user`: who asks, to
    whom `open_plans` are open. A section shows `limit` rows at most, those that follow the first `after`."""

    clinic: Clinic
    today: date
    provider: UUID | None
    open_plans: Sequence[OpenPlan]
    limit: int
    user: User
    after: int = 0

    @property
    def part(self) -> slice:
        """Of a section's rows, those that the page shows."""
        return slice(self.after, self.after + self.limit)


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a row, that stands without a form: its words, and the address that it is sent to."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line. `act` is the link's words, `address` where it goes; `plan_id` where it can be ticked. `patient`: None
    of a record that is closed to who asks, and is not named. `today`: a line for each of the patient's open plans.
    `presses`: what can be said of the row itself, in its place."""

    patient: Patient | None
    what: str
    act: str
    address: str
    when: str = ""
    is_late: bool = False
    plan_id: UUID | None = None
    today: Sequence[str] = ()
    presses: Sequence[Press] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`total` counts the rows that are not shown too, `after` those before the first one that is. `is_selectable`: the
    rows' plans can be ticked."""

    key: str
    title: str
    rows: Sequence[WorklistRow]
    total: int
    is_selectable: bool = False
    after: int = 0

    @property
    def last(self) -> int:
        """The number of the last row that is shown."""
        return self.after + len(self.rows)

    @property
    def more(self) -> int:
        return max(self.total - self.last, 0)


@dataclass(frozen=True, slots=True)
class Batch:
    """Something to do with the ticked plans. Their ids are posted as `plan` to the address named."""

    label: str
    url_name: str
    permission: Permission


SectionOf = Callable[[WorklistQuery], Section]

sections: Registry[SectionOf] = Registry()
batches: Registry[Batch] = Registry()


def sections_of(query: WorklistQuery) -> list[Section]:
    return [replace(section_of(query), after=query.after) for section_of in sections]


def section(
    query: WorklistQuery, key: str, title: str, rows: Sequence[WorklistRow], *, is_selectable: bool = False
) -> Section:
    """Of rows that are all at hand: as many as the page shows."""
    return Section(key, title, rows[query.part], len(rows), is_selectable)
