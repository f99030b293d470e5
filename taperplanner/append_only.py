"""Rows that are inserted once and never change.

Walls, each tested with the others in place: the model class refuses, and the database's triggers
refuse whoever asks. The triggers are installed again after every migrate, because SQLite drops
them when a migration rebuilds a table, and a system check reads back what they do.

A row may be *sealed* by its parent: children are written first and the parent last, so a parent
that exists is whole, and a trigger refuses a child that comes late.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NoReturn, TypeVar

from django.apps import apps
from django.core import checks
from django.db import connections, migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

PREFIX = "append_only"
SEARCH_PATH: Final = "search_path=pg_catalog, pg_temp"  # so that a function's words mean what they say
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
Row = TypeVar("Row", bound=models.Model, covariant=True)


class NeverChanges(Exception):
    """Something tried to change or delete an append-only row."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def delete(self) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(self.model.__name__)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Row]:
        if kwargs.get("update_conflicts"):
            raise NeverChanges(self.model.__name__)
        return super().bulk_create(objs, *args, **kwargs)

    def _raw_delete(self, using: str | None) -> NoReturn:
        """Django's own way to delete without collecting what hangs on the rows."""
        raise NeverChanges(self.model.__name__)


class AppendOnly(models.Model):
    """A row that is inserted once. `sealed_by` names the parent that is written last."""

    sealed_by: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanges(type(self).__name__)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(type(self).__name__)


def append_only_models() -> list[type[AppendOnly]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, replacing any of the same name."""
    drop_triggers(connection)
    with connection.cursor() as cursor:
        for statement in _prelude(connection.vendor):
            cursor.execute(statement)
        for trigger in _wanted(connection):
            for statement in trigger.statements:
                cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """For tests that empty the database, and for a migration that must rebuild a table."""
    with connection.cursor() as cursor:
        for name, table, _ in _installed(connection):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


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


@checks.register(checks.Tags.database)
def check_triggers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Read the triggers back. Runs with `check --database default`, and so at deployment."""
    return [
        checks.Error(
            f"The trigger {name} is missing, changed or switched off, so signed rows could be changed.",
            hint=(
                "Find out who removed it, and run manage.py migrate --skip-checks, which installs it again:"
                " without that option migrate refuses too."
            ),
            id="append_only.E001",
        )
        for alias in databases or []
        for name in missing_triggers(connections[alias])
    ]


@dataclass(frozen=True)
class _Trigger:
    """`definition`: what the database must say about it once it is installed."""

    name: str
    statements: tuple[str, ...]
    definition: str


def _wanted(connection: BaseDatabaseWrapper) -> list[_Trigger]:
    tables = set(connection.introspection.table_names())
    triggers = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    return [
        trigger
        for model in append_only_models()
        if model._meta.db_table in tables
        for trigger in triggers(model)
    ]


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


def _on_postgresql(model: type[AppendOnly]) -> Iterator[_Trigger]:
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


def _on_sqlite(model: type[AppendOnly]) -> Iterator[_Trigger]:
    """SQLite keeps the text that made a trigger.

    INSERT OR REPLACE deletes the rows it meets without firing their DELETE triggers, unless the
    connection has asked for recursive triggers, and one that is not ours has not. So a row is
    refused that would meet another.
    """
    table = model._meta.db_table
    acts = {
        "UPDATE": f'UPDATE ON "{table}"',
        "DELETE": f'DELETE ON "{table}"',
        "REPLACE": f'INSERT ON "{table}" WHEN {_met(model)}',
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


def _met(model: type[AppendOnly]) -> str:
    """Whether a row has the id, another unique key, or SQLite's own number of the one that is new."""
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    keys = [[field.name] for field in model._meta.concrete_fields if field.unique]
    keys += [list(constraint.fields) for constraint in model._meta.total_unique_constraints]
    same = [" AND ".join(f'"{columns[name]}" = NEW."{columns[name]}"' for name in key) for key in keys]
    rows = [
        f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" WHERE {key})' for key in [*same, "rowid = NEW.rowid"]
    ]
    return " OR ".join(rows)


def _name(model: type[AppendOnly], act: str) -> str:
    return f"{PREFIX}_{model._meta.db_table}_{act.lower()}"


def _seal(model: type[AppendOnly]) -> tuple[str, str]:
    """The parent's table, and this table's column that points to it."""
    field = model._meta.get_field(model.sealed_by)
    assert isinstance(field, models.ForeignKey)  # noqa: S101 - a programming error, found at migrate
    return field.related_model._meta.db_table, field.column
