"""What PostgreSQL's catalogue says of a model's table where nobody has changed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .normal import normal, normal_condition

_WRITTEN_OUT: Final = {"varchar": "character varying", "decimal": "numeric"}  # as the catalogue has them


def columns(connection: BaseDatabaseWrapper, model: type[models.Model]) -> Counter[str]:
    return Counter(_column(connection, field) for field in model._meta.local_concrete_fields)


def constraints(connection: BaseDatabaseWrapper, model: type[models.Model]) -> Counter[str]:
    return Counter(normal_condition(text) for text in _constraints(connection, model))


def indexes(connection: BaseDatabaseWrapper, model: type[models.Model]) -> Counter[str]:
    """All but those that a constraint brings with it."""
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    editor.create_model(model)  # only writes down what it would do
    texts = [*editor.collected_sql, *map(str, editor.deferred_sql)]
    return Counter(
        normal_condition(text.rstrip(";"))
        for text in texts
        if normal(text).startswith(("create index", "create unique index"))
    )


def _column(connection: BaseDatabaseWrapper, field: models.Field[object, object]) -> str:
    kind, bracket, rest = str(field.db_parameters(connection)["type"]).partition("(")
    null = "" if field.null else ", not null"
    numbered = ", identity" if field.db_type_suffix(connection) else ""
    return f"{field.column} {_WRITTEN_OUT.get(kind, kind)}{bracket}{rest}{null}{numbered}"


def _constraints(connection: BaseDatabaseWrapper, model: type[models.Model]) -> Iterator[str]:
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    for field in model._meta.local_concrete_fields:
        if field.unique:
            yield f"{'PRIMARY KEY' if field.primary_key else 'UNIQUE'} ({field.column})"
        if check := field.db_parameters(connection)["check"]:
            yield f"CHECK {check}"
        if isinstance(field, models.ForeignKey) and getattr(field, "db_constraint", True):
            there = field.target_field
            yield (
                f"FOREIGN KEY ({field.column}) REFERENCES {there.model._meta.db_table} ({there.column})"
                " DEFERRABLE INITIALLY DEFERRED"
            )
    for constraint in model._meta.constraints:
        text = constraint.constraint_sql(model, editor)
        if text:  # one with a condition is an index
            yield str(text).partition(" ")[2].partition(" ")[2]
