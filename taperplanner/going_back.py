"""What would be lost if migrations were undone: whatever stands in the tables and columns that they brought.

Undoing a migration drops those, and no trigger is asked. So none is undone under which somebody recorded something:
a backup of before the upgrade is restored instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import AddField, CreateModel, Migration, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

FORGOTTEN_ANYWAY: Final = frozenset({"accounts.session", "accounts.sentform"})  # every night, by commands
DERIVED: Final = frozenset({"day_book.due"})  # written anew by the next migrate


def losses(connection: BaseDatabaseWrapper, undone: Iterable[Migration]) -> Iterator[str]:
    """A sentence each. An empty table, or a column in which nobody said anything, is no loss."""
    tables = set(connection.introspection.table_names())
    for migration in undone:
        for operation in _flat(migration.operations):
            model = _model_that_grew(operation, migration.app_label)
            if model is None or model._meta.db_table not in tables:
                continue
            where, args, of = _dropped(connection, operation, model)
            count = _count(connection, f'"{model._meta.db_table}" WHERE {where}', args)
            if count:
                yield f"{migration}: {count:,} {'row' if count == 1 else 'rows'} of {of}"


def _flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _model_that_grew(operation: Operation, app: str) -> type[models.Model] | None:
    """Nothing for what is forgotten anyway or derived, and for what later migrations took away again."""
    if isinstance(operation, CreateModel):
        name = operation.name
    elif isinstance(operation, AddField):
        name = operation.model_name
    else:
        return None
    if f"{app}.{name}".lower() in FORGOTTEN_ANYWAY | DERIVED:
        return None
    ours = {model._meta.label_lower: model for model in apps.get_models()}
    model = ours.get(f"{app}.{name}".lower())
    if model is None:
        return None
    has_column = isinstance(operation, CreateModel) or operation.name in {
        field.name for field in model._meta.concrete_fields
    }
    return model if has_column else None


def _dropped(
    connection: BaseDatabaseWrapper, operation: Operation, model: type[models.Model]
) -> tuple[str, list[Any], str]:
    """Which rows lose something, and what."""
    if not isinstance(operation, AddField):
        return "1 = 1", [], model._meta.db_table
    column = {field.name: field.column for field in model._meta.concrete_fields}[operation.name]
    of = f"{model._meta.db_table} in which {column} says something"
    unsaid = None if operation.field.is_relation else operation.field.get_default()
    if unsaid is None:
        return f'"{column}" IS NOT NULL', [], of
    return f'"{column}" <> %s', [operation.field.get_db_prep_save(unsaid, connection)], of


def _count(connection: BaseDatabaseWrapper, of: str, args: list[Any]) -> int:
    """`of`: the name of one of our own tables, and a condition on its columns."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {of}", args)  # noqa: S608 # nosec B608
        return int(cursor.fetchone()[0])
