"""What must be found in a backup, as it was at the moment of which it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from taperplanner.audit.heads import heads_now
from taperplanner.migrations_waiting import migrations_waiting
from taperplanner.releases import THIS_RELEASE, number_of
from taperplanner.sealed import Damaged, Refused


@dataclass(frozen=True)
class Facts:
    """What a database says of itself. `heads`: where each chain of events ends, signed; none while migrations wait."""

    rows: Mapping[str, int]
    migrations: Sequence[str]
    heads: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Manifest:
    version: str
    vendor: str
    made_at: str
    sha256: str
    size: int
    rows: Mapping[str, int]
    migrations: Sequence[str]
    heads: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, facts: Facts, *, made_at: datetime, sha256: str, size: int) -> Self:
        return cls(
            THIS_RELEASE,
            connection.vendor,
            made_at.isoformat(timespec="seconds"),
            sha256,
            size,
            **vars(facts),
        )

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Raises: Damaged."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError) as problem:
            raise Damaged("What the backup says of itself cannot be read.") from problem

    @property
    def written(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode()

    @property
    def in_words(self) -> str:
        return f"{sum(self.rows.values())} rows of {len(self.rows)} tables, of {self.made_at}, version {self.version}"

    def refuse_unless_known(self) -> None:
        """Raises: Refused, where this product is an older one than made it, or the database of another kind."""
        known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
        if number_of(self.version) > number_of(THIS_RELEASE) or set(self.migrations) - known:
            raise Refused(
                f"It was made by version {self.version} of the product, which is newer than this one"
                f" ({THIS_RELEASE}). Install that version or a later one, and restore with it."
            )
        if self.vendor != connection.vendor:
            raise Refused(f"It is of {self.vendor}, and DATABASE_URL is of {connection.vendor}.")


def facts_now(at: datetime) -> Facts:
    return Facts(
        rows_now(),
        migrations_now(),
        [] if migrations_waiting(connection) else [asdict(head) for head in heads_now(at)],
    )


def rows_now() -> dict[str, int]:
    return {table: _count(table) for table in sorted(connection.introspection.table_names())}


def migrations_now() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationExecutor(connection).loader.applied_migrations)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 # nosec B608
        (count,) = cursor.fetchone()
        return int(count)
