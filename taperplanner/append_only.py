"""Rows that are inserted once and never change.

Walls, each tested with the others in place: the model class refuses, and the database's triggers
refuse whoever asks. The triggers are installed again after every migrate, because SQLite drops
them when a migration rebuilds a table, and a system check reads back what they do.

A row may be *sealed* by its parent: children are written first and the parent last, so a parent
that exists is whole, and a trigger refuses a child that comes late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connections, migrations, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from .inserted_once import AppendOnly, AppendOnlyQuerySet, InsertedOnce, NeverChanges

__all__ = ["AppendOnly", "AppendOnlyQuerySet", "InsertedOnce", "NeverChanges"]

PREFIX = "append_only"
SEARCH_PATH: Final = "search_path=pg_catalog, pg_temp"  # so that a function's words mean what they say
QUOTED_NAME: Final = r'"[a-z0-9_]+"'
FUNCTIONS: Final = {
    f"{PREFIX}_refuse": "BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END",
    f"{PREFIX}_refuse_late": (
        "DECLARE whole boolean; BEGIN"
        " EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I WHERE id = ($1).%I)',"
        " TG_TABLE_SCHEMA, TG_ARGV[0], TG_ARGV[1]) INTO whole USING NEW;"
        " IF whole THEN RAISE EXCEPTION '% is append-only: its parent is already whole', TG_TABLE_NAME;"
        " END IF; RETURN NEW; END"
    ),
}


def append_only_models() -> list[type[InsertedOnce]]:
    return [model for model in apps.get_models() if issubclass(model, InsertedOnce)]


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, replacing any of the same name.

    After migrations were undone a table may lack columns: SQLite would then migrate no more, so none is named.
    """
    with _at_once(connection), connection.cursor() as cursor:
        drop_triggers(connection)
        for statement in _prelude(connection.vendor):
            cursor.execute(statement)
        for trigger in _wanted(connection, as_it_stands=True):
            for statement in trigger.statements:
                cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """For tests that empty the database, and for a migration that must rebuild a table."""
    with _at_once(connection), connection.cursor() as cursor:
        for name, table, _ in _installed(connection):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def _at_once(connection: BaseDatabaseWrapper) -> AbstractContextManager[Any]:
    """SQLite waits for the disk after each statement otherwise. PostgreSQL would hold every table until the last."""
    return nullcontext() if connection.vendor == "postgresql" else transaction.atomic(connection.alias)


class RebuildsTable(migrations.SeparateDatabaseAndState):
    """Operations of a migration for which SQLite makes the table anew.

    It renames no table while a trigger names one that is away. The triggers stand aside, and stand again as they
    were, in one transaction with the operations: who stops it half way finds nothing changed.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        super().__init__(database_operations=operations, state_operations=operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": self.database_operations}

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        with _triggers_aside(schema_editor.connection):
            super().database_forwards(app_label, schema_editor, *states)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        with _triggers_aside(schema_editor.connection):
            super().database_backwards(app_label, schema_editor, *states)


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be there and are not, or do not do what they should."""
    installed = {(name, definition) for name, _, definition in _installed(connection)}
    return sorted(
        trigger.name for trigger in _wanted(connection) if (trigger.name, trigger.definition) not in installed
    )


def trigger_names(connection: BaseDatabaseWrapper) -> set[str]:
    return {trigger.name for trigger in _wanted(connection)}


@dataclass(frozen=True)
class _Trigger:
    """`definition`: what the database must say about it once it is installed."""

    name: str
    statements: tuple[str, ...]
    definition: str


def _wanted(connection: BaseDatabaseWrapper, *, as_it_stands: bool = False) -> list[_Trigger]:
    """`as_it_stands`: of SQLite's keys only those whose columns are there."""
    tables = set(connection.introspection.table_names())
    found: list[_Trigger] = []
    for model in append_only_models():
        table = model._meta.db_table
        if table not in tables:
            continue
        if connection.vendor == "postgresql":
            found += _on_postgresql(model)
        else:
            found += _on_sqlite(model, _columns(connection, table) if as_it_stands else None)
    return found


def _columns(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Our triggers in this database, each with its table and its definition."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname, c.relname, concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid, true),"
            " l.lanname, array_to_string(p.proconfig, ' '), p.prosrc)"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang"
            " WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
            f" AND t.tgname LIKE '{PREFIX}\\_%'"
        )
    else:
        query = (
            "SELECT name, tbl_name, sql FROM sqlite_master"
            f" WHERE type = 'trigger' AND name LIKE '{PREFIX}\\_%' ESCAPE '\\'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [(str(name), str(table), str(definition)) for name, table, definition in cursor.fetchall()]


@contextmanager
def _triggers_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    if connection.vendor == "postgresql":
        yield
        return
    installed = _installed(connection)
    drop_triggers(connection)
    yield
    with connection.cursor() as cursor:
        for _, _, definition in installed:
            cursor.execute(definition)


def _prelude(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        for name, body in FUNCTIONS.items():
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                f" SET {SEARCH_PATH} AS $${body}$$"
            )


def _on_postgresql(model: type[InsertedOnce]) -> Iterator[_Trigger]:
    """Written as PostgreSQL writes a trigger down, so that the two can be compared."""
    refuse, refuse_late = FUNCTIONS
    calls = {"UPDATE": f"{refuse}()", "DELETE": f"{refuse}()", "TRUNCATE": f"{refuse}()"}
    if model.sealed_by:
        parent, column = _seal(model)
        calls["INSERT"] = f"{refuse_late}('{parent}', '{column}')"
    table = model._meta.db_table
    for act, call in calls.items():
        name = _name(model, act)
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        create = f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION {call}"
        always = f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
        body = FUNCTIONS[call.partition("(")[0]]
        yield _Trigger(name, (create, always), f"A {create} plpgsql {SEARCH_PATH} {body}")


def _on_sqlite(model: type[InsertedOnce], columns: set[str] | None) -> Iterator[_Trigger]:
    """SQLite keeps the text that made a trigger.

    INSERT OR REPLACE deletes the rows it meets without firing their DELETE triggers, unless the
    connection has asked for recursive triggers, and one that is not ours has not. So a row is
    refused that would meet another.
    """
    table = model._meta.db_table
    acts = {
        "UPDATE": f'UPDATE ON "{table}"',
        "DELETE": f'DELETE ON "{table}"',
        "REPLACE": f'INSERT ON "{table}" WHEN {_met(model, columns)}',
    }
    if model.sealed_by:
        parent, column = _seal(model)
        whole = f'EXISTS (SELECT 1 FROM "{parent}" WHERE id = NEW."{column}")'
        acts["INSERT"] = f'INSERT ON "{table}" WHEN {whole}'
    for act, when in acts.items():
        name = _name(model, act)
        create = (
            f'CREATE TRIGGER "{name}" BEFORE {when}'
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END"
        )
        yield _Trigger(name, (create,), create)


def _met(model: type[InsertedOnce], there: set[str] | None) -> str:
    """Whether a row has the id, another unique key of columns that are there, or SQLite's own number of the new one."""
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    keys = [([field.name], "1") for field in model._meta.concrete_fields if field.unique]
    keys += [
        (list(one.fields), _condition(model, one))
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint)
    ]
    same = [
        " AND ".join([*(f'"{columns[name]}" = NEW."{columns[name]}"' for name in key), where])
        for key, where in keys
    ]
    if there is not None:
        same = [key for key in same if {name.strip('"') for name in re.findall(QUOTED_NAME, key)} <= there]
    rows = [
        f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" WHERE {key})' for key in [*same, "rowid = NEW.rowid"]
    ]
    return " OR ".join(rows)


def _condition(model: type[InsertedOnce], unique: models.UniqueConstraint) -> str:
    """For which rows it holds: the one that is there, and the one that is new."""
    if unique.condition is None:
        return "1"
    connection = connections["default"]
    there = unique._get_condition_sql(model, connection.SchemaEditorClass(connection))  # type: ignore[attr-defined]
    return f"({there}) AND ({re.sub(QUOTED_NAME, lambda name: f'NEW.{name[0]}', there)})"


def _name(model: type[InsertedOnce], act: str) -> str:
    return f"{PREFIX}_{model._meta.db_table}_{act.lower()}"


def _seal(model: type[InsertedOnce]) -> tuple[str, str]:
    """The parent's table, and this table's column that points to it."""
    field = model._meta.get_field(model.sealed_by)
    assert isinstance(field, models.ForeignKey)  # noqa: S101 - a programming error, found at migrate
    return field.related_model._meta.db_table, field.column
