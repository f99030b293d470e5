"""Whether a copy is what its manifest says, and whether all that never changes in it is as it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from django.core.checks import ERROR
from django.db import connection

from taperplanner.audit.models import Event
from taperplanner.audit.verify.evidence import findings
from taperplanner.catalogue.check import check_catalogue
from taperplanner.migrations_waiting import migrations_waiting
from taperplanner.sealed import Damaged

from .manifest import Manifest, migrations_now, rows_now

Tell = Callable[[str], None]


def refuse_unfaithful(manifest: Manifest, tell: Tell) -> None:
    """Of the database that is pointed at. Raises: Damaged."""
    tell("Counting the rows of the copy.")
    if connection.vendor == "sqlite":
        _refuse_broken_file()
    rows = rows_now()
    if migrations_now() != list(manifest.migrations):
        raise Damaged("The copy does not have the migrations that were applied.")
    for table in {**manifest.rows, **rows}:
        if rows.get(table) != manifest.rows.get(table):
            raise Damaged(
                f"The copy has {rows.get(table)} rows in {table}, and there were {manifest.rows.get(table)}."
            )
    for head in manifest.heads if not migrations_waiting(connection) else ():
        newest = Event.objects.chained().filter(chain_id=UUID(head["chain_id"])).order_by("-number").first()
        if newest is None or (newest.number, newest.mac) != (head["count"], head["mac"]):
            raise Damaged(f"The chain of events {head['chain_id']} does not end where it ended.")


def not_as_written(tell: Tell) -> Iterator[str]:
    """A sentence for each thing that differs from what was written, in the database that is pointed at: it was so
    before it was copied."""
    for message in check_catalogue(["default"]):
        if message.level >= ERROR:
            yield message.msg
    for finding in findings(tell=tell):
        yield f"{finding.where}: {finding.sentence}"


def _refuse_broken_file() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        (said,) = cursor.fetchone()
        if said != "ok":
            raise Damaged(f"SQLite says of the copy: {said}")
        cursor.execute("PRAGMA foreign_key_check")
        if cursor.fetchone() is not None:
            raise Damaged("A row of the copy names another one that is not there.")
