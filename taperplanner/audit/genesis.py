"""Where a clinic's chain begins after there was something already: one event holds a digest of all of that.

It is written at the end of the migration that brings the chain, not by the first event after it: it reads every row,
and no page should wait for that. It is written once, for a clinic that has events and none in a chain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import connections
from django.utils import timezone

from taperplanner.append_only import InsertedOnce
from taperplanner.migrations_waiting import migrations_waiting
from taperplanner.row_digests import Key

from .chain import chain_of
from .log import audited_transaction, record
from .models import Event
from .rows import digests, named_models, rows_of

BEGAN: Final = "audit.chain_began"
Tally = dict[str, list[Any]]


@dataclass
class Count:
    """So many rows, and one digest of them in the order of their keys."""

    count: int = 0
    digest: Any = field(default_factory=sha256)

    def add(self, key: Key, digest: str) -> None:
        self.count += 1
        self.digest.update(f"{key[1]} {digest}\n".encode())

    @property
    def said(self) -> list[Any]:
        return [self.count, self.digest.hexdigest()]


def begin_chains(using: str) -> None:
    """For each clinic with events of before the chain and none in it."""
    if not _has_a_chain(using):
        return
    waiting = {
        clinic_id
        for clinic_id in Event.objects.filter(number=None)
        .order_by()
        .values_list("clinic_id", flat=True)
        .distinct()
        if not Event.objects.chained().filter(chain_id=chain_of(clinic_id)).exists()
    }
    if not waiting or migrations_waiting(connections[using]):
        return
    with audited_transaction():
        for clinic_id, tally in tallies(waiting).items():
            record(BEGAN, by=None, at=timezone.now(), clinic_id=clinic_id, details={"rows": tally})


def tallies(clinics: set[UUID | None]) -> dict[UUID | None, Tally]:
    """Of every row that is there, by clinic and by table: so many, and their digest."""
    found: dict[UUID | None, Tally] = {clinic: {} for clinic in sorted(clinics, key=chain_of)}
    for model in models_before():
        counts: dict[UUID | None, Count] = {}
        for some in rows_of(model):
            owner = dict(some)
            for key, digest in digests(key for key, clinic in some if clinic in clinics):
                if digest is not None:
                    counts.setdefault(owner[key], Count()).add(key, digest)
        for clinic, count in counts.items():
            found[clinic][model._meta.label_lower] = count.said
    return found


def models_before() -> list[type[InsertedOnce]]:
    """Whose rows may be of before the chain."""
    return [Event, *named_models()]


def _has_a_chain(using: str) -> bool:
    connection = connections[using]
    table = Event._meta.db_table
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    return "number" in {column.name for column in columns}
