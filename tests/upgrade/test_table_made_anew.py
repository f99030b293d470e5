"""SQLite makes the table of versions anew in a migration. Its rows, and the triggers of every table, stand as before."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from taperplanner.append_only import _installed

from .test_upgrade import another_database, demo, fill, run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]
MIGRATION: Final = next(
    ("tapers", path.stem)
    for path in Path("taperplanner/tapers/migrations").glob("*_year_of_birth_as_signed.py")
)


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, patient_date_of_birth, content_hash FROM tapers_version ORDER BY id")
        return cursor.fetchall()


def test_triggers_and_rows_stand_as_they_stood_before_anything_installs_them_again(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    """The executor alone: no signal after it puts the triggers in place."""
    with django_db_blocker.unblock(), another_database(tmp_path / "earlier.sqlite3"):
        fill(demo())
        triggers, versions = _installed(connection), rows()
        assert len(triggers) > 50
        assert len(versions) == 3
        MigrationExecutor(connection).migrate([MIGRATION])
        assert (sorted(_installed(connection)), rows()) == (sorted(triggers), versions)
        for statement in (
            "UPDATE tapers_version SET number = 9",
            "DELETE FROM tapers_version",
            "DELETE FROM tapers_step",
        ):
            with pytest.raises(DatabaseError, match="append-only"):
                run(statement)
