"""What a section of the worklist is. What one costs grows with the rows that it shows, not with the clinic: it reads a
part of what is due, by an index, and counts no further."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from taperplanner.accounts.models import Clinic, User
from taperplanner.patients.models import Patient
from taperplanner.tapers.on_patient_list import provider_of

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class WorklistQuery:
    """What there is to look for. `provider`: whose plans are asked for; None: everybody's. `user`: who asks. A section
    shows `limit` rows at most; that whose key is `only` those that follow the first `after`, each other its first. `away`:
    who is away today, in words, by id."""

    clinic: Clinic
    today: date
    provider: UUID | None
    limit: int
    user: User
    only: str = ""
    after: int = 0
    away: Mapping[UUID, str] = field(default_factory=dict)

    def after_of(self, key: str) -> int:
        return self.after if key == self.only else 0


@dataclass(frozen=True, slots=True)
class Part:
    """The rows that the page shows, how many there are up to them, and whether there are more."""

    rows: Sequence[Any]
    total: int
    has_more: bool


def asked_for(rows: Rows, query: WorklistQuery, key: str) -> Rows:
    """Of the section with this key: what the page shows, and one row more, which it does not."""
    after = query.after_of(key)
    asked: Rows = rows[after : after + query.limit + 1]
    return asked


def part_of(rows: QuerySet[Any], query: WorklistQuery, key: str, found: Sequence[Any] | None = None) -> Part:
    """`found`: what `asked_for` gave, where it was read with others. Else one query, and one more past the last row, to
    know how many there are."""
    after = query.after_of(key)
    found = list(asked_for(rows, query, key)) if found is None else found
    shown = found[: query.limit]
    before = after if found or not after else rows[:after].count()
    return Part(shown, before + len(shown), len(found) > len(shown))


def of_provider(
    rows: Rows, provider: UUID | None, plan: str = "plan__", *, also: Collection[UUID] = ()
) -> Rows:
    """`also`: other people whose plans count as theirs."""
    if provider is None:
        return rows
    mine: Rows = rows.annotate(provider=provider_of(plan)).filter(provider__in=[provider, *also])
    return mine


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a row, that stands without a form: its words, and the address that it is sent to."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line. `act` is the link's words, `address` where it goes; `plan_id` where it can be ticked. `patient`: None
    of a record that is closed to who asks, and is not named. `today`: a line for each of the patient's open plans.
    `presses`: what can be said of the row itself, in its place. `stays`: that they are in a facility, or that a provider
    has not decided since they left it. `given`: what it is called where it is ticked to be given to somebody else."""

    patient: Patient | None
    what: str
    act: str
    address: str
    when: str = ""
    is_late: bool = False
    plan_id: UUID | None = None
    today: Sequence[str] = ()
    presses: Sequence[Press] = ()
    stays: Sequence[str] = ()
    given: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`total` counts the rows up to the last one that is shown, `after` those before the first. `has_more`: from
    `next` on; nobody counts further. `is_selectable`: the rows' plans can be ticked. `is_given`: the rows can be ticked and
    given to somebody else."""

    key: str
    title: str
    rows: Sequence[WorklistRow]
    total: int
    has_more: bool = False
    is_selectable: bool = False
    after: int = 0
    next: int = 0
    is_given: bool = False

    @property
    def has_any(self) -> bool:
        """Also where none of the lines that were looked at makes a row, and there are more."""
        return bool(self.total) or self.has_more

    @property
    def counted(self) -> str:
        return f"{self.total}+" if self.has_more else str(self.total)
