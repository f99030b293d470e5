"""The lines of some patients, as they are and as they should be.

Whoever records something about a patient derives that patient's lines anew before the transaction ends. Two who do so at
once would each miss what the other recorded: so they queue for the patient, and the second reads what the first wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from taperplanner.audit.models import Event

from .caseload import open_plans_of
from .lines import Line, lines_of
from .models import Due, Kind

QUEUE: Final = "SELECT pg_advisory_xact_lock(%s, key) FROM unnest(%s::int[]) AS key"
OF_DAY_BOOK: Final = 17  # keys of two numbers are a space of their own, and the first says whose they are


# What is printed, or said to a colleague, makes nothing due.
MAKES_NOTHING_DUE: Final = frozenset({"handout", "handout_batch", "flag"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wrong with the lines that are there."""

    missing: frozenset[Line]
    too_many: frozenset[Line]

    def __bool__(self) -> bool:
        return bool(self.missing or self.too_many)

    @property
    def sentences(self) -> Iterator[str]:
        for said, lines in (("missing", self.missing), ("not derived from any record", self.too_many)):
            for line in sorted(lines, key=lambda line: (line.plan, line.kind, line.first_day, line.product)):
                yield f"plan {line.plan}: {line.kind.value} from {line.first_day.isoformat()} is {said}"


def derive(events: Iterable[Event]) -> None:
    """Anew, for every patient whom the events name."""
    patients = {
        event.patient_id
        for event in events
        if event.patient_id and event.action.partition(".")[0] not in MAKES_NOTHING_DUE
    }
    if patients:
        rewrite(patients)


def rewrite(patients: Collection[UUID]) -> Difference:
    """Their lines, as the records have them. Gives what was different."""
    with transaction.atomic():
        _queue_for(patients)
        open_plans = open_plans_of(patients)
        wanted = set(lines_of(open_plans))
        there = dict(_there(patients))
        found = Difference(frozenset(wanted - there.keys()), frozenset(there.keys() - wanted))
        if found:
            clinics = {one.plan.pk: one.plan.patient.clinic_id for one in open_plans}
            Due.objects.exchange(
                gone=[there[line] for line in found.too_many],
                new=[
                    Due(
                        clinic_id=clinics[line.plan],
                        plan_id=line.plan,
                        kind=line.kind,
                        first_day=line.first_day,
                        last_day=line.last_day,
                        product=line.product,
                    )
                    for line in found.missing
                ],
            )
    return found


def _there(patients: Collection[UUID]) -> Iterator[tuple[Line, UUID]]:
    rows = Due.objects.of_patients(patients)
    columns = ("pk", "plan", "kind", "first_day", "last_day", "product")
    for pk, plan, kind, first_day, last_day, product in rows.values_list(*columns):
        yield Line(plan, Kind(kind), first_day, last_day, product), pk


def _queue_for(patients: Collection[UUID]) -> None:
    """In one order, so that no two wait for each other. On SQLite whoever writes has the whole database."""
    if connection.vendor != "postgresql":
        return
    keys = sorted({int.from_bytes(patient.bytes[:4], signed=True) for patient in patients})
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, [OF_DAY_BOOK, keys])
