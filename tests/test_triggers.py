"""The triggers, as whoever comes past our settings meets them: rows written over, triggers hollow or off.

SQLite's own shell, or a tool that makes backups, asks for none of what our connections ask for.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from django.core import checks
from django.core.checks import run_checks
from django.db import DatabaseError, connection, models

from taperplanner.append_only import (
    append_only_models,
    drop_triggers,
    install_triggers,
    missing_triggers,
)
from taperplanner.audit.models import Event
from taperplanner.catalogue.check import check_catalogue
from taperplanner.tapers.models import Step, Version

from .world.tampering import again, copied, run, signed_with_a_row_in_every_table
from .world.universe import Universe

on_sqlite: Final = pytest.mark.skipif("connection.vendor != 'sqlite'")
on_postgresql: Final = pytest.mark.skipif("connection.vendor != 'postgresql'")
NEW: Final = f"'{uuid.UUID(int=7).hex}'"


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_with_a_row_in_every_table(universe)


@contextmanager
def as_another_tool_connects() -> Iterator[None]:
    with connection.cursor() as cursor:
        (ours,) = cursor.execute("PRAGMA recursive_triggers").fetchone()
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA recursive_triggers = {ours}")


# --- Rows written over ------------------------------------------------------------------------

REPLACED: Final = {
    **{model.__name__: (model, {}) for model in append_only_models()},
    # A child of a whole version, written over as the child of another that is not there yet.
    "a stolen step": (Step, {"version_id": NEW}),
    "a version by its number": (Version, {"id": NEW}),
    "an event by SQLite's own number": (Event, {"id": NEW, "rowid": "rowid"}),
}


@on_sqlite
@pytest.mark.parametrize(("model", "changed"), REPLACED.values(), ids=REPLACED)
def test_no_row_is_written_over_from_a_connection_that_is_not_ours(
    version: Version, model: type[models.Model], changed: dict[str, str]
) -> None:
    before = list(model.objects.order_by("pk").values())
    with as_another_tool_connects(), pytest.raises(DatabaseError, match="append-only"):
        run(f"INSERT OR REPLACE {copied(model, **changed)}")
    assert list(model.objects.order_by("pk").values()) == before


@on_sqlite
def test_no_row_is_written_over_from_ours_even_without_the_trigger_for_it(version: Version) -> None:
    """Settings ask for recursive triggers, so that what is replaced meets the one for a DELETE."""
    run("DROP TRIGGER append_only_audit_event_replace")
    with pytest.raises(DatabaseError, match="DELETE refused"):
        run(f"INSERT OR REPLACE {copied(Event)}")


@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model.__name__)
def test_no_row_is_changed_where_it_conflicts(version: Version, model: type[models.Model]) -> None:
    source = (
        copied(model)
        if connection.vendor == "postgresql"
        else copied(model).replace("LIMIT", "WHERE 1 LIMIT")
    )
    key = model._meta.pk.column
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"INSERT {source} ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}")


@on_postgresql
@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model.__name__)
def test_no_table_is_emptied_at_once(version: Version, model: type[models.Model]) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"TRUNCATE {model._meta.db_table} CASCADE")


# --- Triggers that are gone, hollow or off ----------------------------------------------------


def test_a_missing_trigger_fails_the_check(db: None) -> None:
    assert missing_triggers(connection) == []
    assert check_catalogue(databases=["default"]) == []
    drop_triggers(connection)
    errors = check_catalogue(databases=["default"])
    assert len(errors) >= 3 * len(append_only_models())
    assert all(isinstance(error, checks.Error) for error in errors)
    install_triggers(connection)
    assert missing_triggers(connection) == []


@on_sqlite
@pytest.mark.parametrize("act", ["UPDATE", "DELETE", "INSERT"])
def test_a_trigger_that_does_nothing_is_found(version: Version, act: str) -> None:
    name = f"append_only_tapers_step_{act.lower()}"
    run(f"DROP TRIGGER {name}")
    run(f"CREATE TRIGGER {name} BEFORE {act} ON tapers_step BEGIN SELECT 1; END")
    assert missing_triggers(connection) == [name]
    assert any(error.id == "append_only.E001" for error in run_checks(databases=["default"]))
    install_triggers(connection)
    assert missing_triggers(connection) == []


NAME: Final = "append_only_tapers_version_update"
TABLE: Final = "tapers_version"
HOLLOWED: Final = {
    "off": f"ALTER TABLE {TABLE} DISABLE TRIGGER {NAME}",
    "off for a replica": f"ALTER TABLE {TABLE} ENABLE TRIGGER {NAME}",
    "never": f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (false)"
    f" EXECUTE FUNCTION append_only_refuse(); ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {NAME}",
    "for one column": f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE OF number ON {TABLE} FOR EACH ROW"
    f" EXECUTE FUNCTION append_only_refuse(); ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {NAME}",
    "another function": "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    f" CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW"
    f" EXECUTE FUNCTION refuse(); ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {NAME}",
    "a hollow function": "CREATE OR REPLACE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'",
    "a function that looks elsewhere": "ALTER FUNCTION append_only_refuse() RESET search_path",
}


@on_postgresql
@pytest.mark.parametrize("statement", HOLLOWED.values(), ids=HOLLOWED)
def test_a_trigger_that_no_longer_refuses_is_found(version: Version, statement: str) -> None:
    run(statement)
    assert NAME in missing_triggers(connection)
    assert any(error.id == "append_only.E001" for error in run_checks(databases=["default"]))
    install_triggers(connection)
    assert missing_triggers(connection) == []
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"UPDATE {TABLE} SET number = 2")


@on_postgresql
def test_a_parent_in_a_temporary_table_opens_no_version(version: Version) -> None:
    """The trigger looks for the parent in the child's own schema, not where the session says."""
    steps = version.steps.count()
    run("CREATE TEMP TABLE tapers_version (id uuid)")
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"INSERT {copied(Step, id=f'{NEW}::uuid', position='99')}")
    run("DROP TABLE pg_temp.tapers_version")
    assert again(version).steps.count() == steps


def test_an_older_versions_triggers_do_not_keep_it_from_migrating(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`migrate` asks the checks first, and is refused by an error of theirs."""
    drop_triggers(connection)
    monkeypatch.setattr("taperplanner.catalogue.check.migrations_waiting", lambda _: ["tapers.0099_more"])
    said = check_catalogue(databases=["default"])
    assert "append_only.W002" in {message.id for message in said}
    assert not [message for message in said if message.is_serious()]
    install_triggers(connection)
