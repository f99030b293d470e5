"""Whether the database is on the disk before it says that something is saved: asked of it, as the product's own role has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

EXTRA: Final = 3
# What each may be, and what happens otherwise. The first two lose what was called saved; the last one, whole pages.
OF_POSTGRESQL: Final = {
    "fsync": ({"on"}, "what was acknowledged, or all of the database, can be lost when the power fails"),
    "synchronous_commit": (
        {"on", "local", "remote_write", "remote_apply"},
        "what was acknowledged in the last moment is lost when PostgreSQL or its machine stops",
    ),
    "full_page_writes": ({"on"}, "a page that was half written when the power failed cannot be mended"),
}


@checks.register(checks.Tags.database, deploy=True)
def check_durability(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """With `check --deploy --database default`, and before anything is served; tests and trials may be quicker."""
    return [message for alias in databases or [] for message in _messages(connections[alias])]


def _messages(connection: BaseDatabaseWrapper) -> Iterator[checks.CheckMessage]:
    found = _of_postgresql(connection) if connection.vendor == "postgresql" else _of_sqlite(connection)
    yield from (checks.Error(says, hint=hint, id="durability.E001") for says, hint in found)


def _of_postgresql(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for name, (good, otherwise) in OF_POSTGRESQL.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            (value,) = cursor.fetchone()
            if value not in good:
                yield f"{name} is {value}: {otherwise}.", f"Set {name} = on in PostgreSQL, for its role too."


def _of_sqlite(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        (journal,) = cursor.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = cursor.execute("PRAGMA synchronous").fetchone()
    if journal != "delete" or synchronous < EXTRA:
        yield (
            f"journal_mode is {journal} and synchronous is {synchronous}: what was acknowledged can be lost when the power fails.",
            "Leave them as taperplanner/settings.py has them: DELETE and EXTRA.",
        )
