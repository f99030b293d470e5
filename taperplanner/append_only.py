"""Rows that are born and never change.

Walls, each tested with the others in place: the model class refuses, and the database's triggers
refuse whoever asks. The triggers are installed again after every migrate, because SQLite drops
them when a migration rebuilds a table, and a system check counts them.

A row may be *sealed* by its parent: children are written first and the parent last, so a parent
that exists is whole, and a trigger refuses a child that comes late.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NoReturn, TypeVar

from django.apps import apps
from django.core import checks
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "append_only"
Row = TypeVar("Row", bound=models.Model, covariant=True)


class NeverChanges(Exception):
    """Somebody tried to change or delete a row that is kept for ever."""


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

    _raw_delete: Any = delete


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
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in _prelude(connection.vendor):
            cursor.execute(statement)
        for model in append_only_models():
            if model._meta.db_table in tables:
                for statement in _statements(model, connection.vendor):
                    cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """For tests that empty the database, and for a migration that must rebuild a table."""
    with connection.cursor() as cursor:
        for name, table in _installed(connection):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be there and are not, or are switched off."""
    tables = set(connection.introspection.table_names())
    wanted = {
        name
        for model in append_only_models()
        if model._meta.db_table in tables
        for name in _names(model, connection.vendor)
    }
    return sorted(wanted - {name for name, _ in _installed(connection)})


@checks.register(checks.Tags.database)
def check_triggers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Count the triggers. Runs with `check --database default`, and so at deployment."""
    return [
        checks.Error(
            f"The trigger {name} is missing or switched off, so signed rows could be changed.",
            hint="Run manage.py migrate, which installs it again, and find out who removed it.",
            id="append_only.E001",
        )
        for alias in databases or []
        for name in missing_triggers(connections[alias])
    ]


def _acts(model: type[AppendOnly], vendor: str) -> Iterator[str]:
    yield from ("UPDATE", "DELETE")
    if vendor == "postgresql":
        yield "TRUNCATE"
    if model.sealed_by:
        yield "INSERT"


def _name(model: type[AppendOnly], act: str) -> str:
    return f"{PREFIX}_{model._meta.db_table}_{act.lower()}"


def _names(model: type[AppendOnly], vendor: str) -> Iterator[str]:
    return (_name(model, act) for act in _acts(model, vendor))


def _installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Our triggers in this database that would fire, each with its table."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND t.tgenabled = 'A' AND n.nspname = current_schema()"
            f" AND t.tgname LIKE '{PREFIX}\\_%%'"
        )
    else:
        query = f"SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PREFIX}\\_%%' ESCAPE '\\'"
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        return [(str(name), str(table)) for name, table in cursor.fetchall()]


def _prelude(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {PREFIX}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$"
        )
        yield (
            f"CREATE OR REPLACE FUNCTION {PREFIX}_refuse_late() RETURNS trigger LANGUAGE plpgsql AS $$"
            " DECLARE whole boolean; BEGIN"
            " EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id = ($1).%I)', TG_ARGV[0], TG_ARGV[1])"
            " INTO whole USING NEW;"
            " IF whole THEN RAISE EXCEPTION '% is append-only: its parent is already whole', TG_TABLE_NAME;"
            " END IF; RETURN NEW; END $$"
        )


def _statements(model: type[AppendOnly], vendor: str) -> Iterator[str]:
    table = model._meta.db_table
    for act in _acts(model, vendor):
        name = _name(model, act)
        if vendor == "postgresql":
            each = "STATEMENT" if act == "TRUNCATE" else "ROW"
            call = f"{PREFIX}_refuse()"
            if act == "INSERT":
                parent, column = _seal(model)
                call = f"{PREFIX}_refuse_late('{parent}', '{column}')"
            yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
            yield f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {call}'
            yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
        else:
            when = ""
            if act == "INSERT":
                parent, column = _seal(model)
                when = f' WHEN EXISTS (SELECT 1 FROM "{parent}" WHERE id = NEW."{column}")'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {act} ON "{table}"{when}'
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END"
            )


def _seal(model: type[AppendOnly]) -> tuple[str, str]:
    """The parent's table, and this table's column that points to it."""
    field = model._meta.get_field(model.sealed_by)
    assert isinstance(field, models.ForeignKey)  # noqa: S101 - a programming error, found at migrate
    return field.related_model._meta.db_table, field.column
