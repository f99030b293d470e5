"""What one file of blank forms holds: three for each plan, then spare ones for whoever else comes.

A file is one row, whatever it holds: its forms are counted from a number of its own, and the code on a form is that
number and the form's place. A form has a row once something became of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from taperplanner.accounts.models import Clinic
from taperplanner.typed_codes import checked_code, checked_number, in_groups, numbers_of

from ..models import FormKind, FormRun
from ..models.downtime import CODE_GROUP, CODE_LENGTH


@dataclass(frozen=True, slots=True)
class PaperForm:
    """`plan_id`: None of a spare one. `position`: counted from 1. `number`: what its code says."""

    position: int
    kind: FormKind
    number: int
    plan_id: UUID | None

    @property
    def code(self) -> str:
        return checked_code(self.number, CODE_LENGTH)

    @property
    def written_code(self) -> str:
        return in_groups(self.code, CODE_GROUP)


@dataclass(frozen=True, slots=True)
class Contents:
    """`first`: the number of the first form. `spare`: how many of each kind belong to no plan yet."""

    first: int
    kinds: tuple[FormKind, ...]
    plans: tuple[UUID, ...]
    spare: int

    @classmethod
    def new(cls, clinic: Clinic, plans: Iterable[UUID], *, spare: int) -> Self:
        """None of its codes stands on another form of the clinic."""
        wanted = tuple(plans)
        room = numbers_of(CODE_LENGTH) - len(FormKind) * (len(wanted) + spare)
        while True:
            made = cls(secrets.randbelow(room), tuple(FormKind), wanted, spare)
            if not clinic.form_runs.filter(first_code__lte=made.last, last_code__gte=made.first).exists():
                return made

    @classmethod
    def of(cls, run: FormRun) -> Self:
        said = run.contents
        return cls(
            run.first_code,
            tuple(FormKind(kind) for kind in said["kinds"]),
            tuple(UUID(plan) for plan in said["plans"]),
            said["spare"],
        )

    @property
    def said(self) -> dict[str, Any]:
        """As a run keeps it. The order of the kinds is a part of it: codes that were printed stay what they were."""
        return {
            "kinds": [kind.value for kind in self.kinds],
            "plans": [plan.hex for plan in self.plans],
            "spare": self.spare,
        }

    @property
    def last(self) -> int:
        return self.first + len(self) - 1

    def __len__(self) -> int:
        return len(self.kinds) * (len(self.plans) + self.spare)

    def __iter__(self) -> Iterator[PaperForm]:
        return (self.at(position) for position in range(1, len(self) + 1))

    def at(self, position: int) -> PaperForm:
        place = position - 1
        of_plans = len(self.kinds) * len(self.plans)
        if place < of_plans:
            plan, kind = divmod(place, len(self.kinds))
            return PaperForm(position, self.kinds[kind], self.first + place, self.plans[plan])
        return PaperForm(position, self.kinds[(place - of_plans) // self.spare], self.first + place, None)


def form_of_code(clinic: Clinic, text: str) -> tuple[FormRun, PaperForm] | None:
    """However it was typed."""
    number = checked_number(text, CODE_LENGTH)
    run = clinic.form_runs.all().with_code(number).first()
    if run is None or number is None:
        return None
    return run, Contents.of(run).at(number - run.first_code + 1)
