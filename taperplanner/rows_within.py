"""The rows that hang on a row, read within it: as lists of plain values, or only whether there are any.

    Version.objects.annotate(doses=RowsWithin(Dose, "position", "time", by="version"))
    version.doses      [[1, "morning"], [1, "bedtime"]], in no order; nothing or an empty list where there is none

    plans = knowing_of(Plan.objects, [HoldRequest], by="plan")
    has_any(plan, HoldRequest)      whether there are any; yes, too, where the query that found it was not asked

Numbers and texts come as they stand; whatever else a database writes into JSON in its own way, a day, a moment or an
id, comes as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Field, Func, JSONField, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

R = TypeVar("R", bound=QuerySet[Any])
_Sql = tuple[str, tuple[str | int, ...]]


class _Within(Func):
    """Of those rows of `model` that say by their key `by` that they are of this row."""

    def __init__(self, model: type[Model], *columns: str, by: str, output_field: Field[Any, Any]) -> None:
        self.model, self.columns, self.by = model, columns, by
        super().__init__(F("pk"), output_field=output_field)

    def _in(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **words: str) -> _Sql:
        """The template, filled with names that stand in the models: nothing of them was typed."""
        quote, meta = connection.ops.quote_name, self.model._meta
        fields: list[Any] = [meta.get_field(name) for name in (self.by, *self.columns)]
        by, *columns = (quote(field.column) for field in fields)
        names = {"table": quote(meta.db_table), "by": by, "columns": ", ".join(columns)}
        return self.as_sql(compiler, connection, **names, **words)


class RowsWithin(_Within):
    template = "(SELECT %(many)s(%(one)s(%(columns)s)) FROM %(table)s WHERE %(by)s = %(expressions)s)"

    def __init__(self, model: type[Model], *columns: str, by: str) -> None:
        super().__init__(model, *columns, by=by, output_field=JSONField())

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> _Sql:
        return self._in(compiler, connection, many="json_group_array", one="json_array")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> _Sql:
        return self._in(compiler, connection, many="jsonb_agg", one="jsonb_build_array")


class AnyWithin(_Within):
    template = "EXISTS (SELECT 1 FROM %(table)s WHERE %(by)s = %(expressions)s)"

    def __init__(self, model: type[Model], *, by: str) -> None:
        super().__init__(model, by=by, output_field=BooleanField())

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> _Sql:
        return self._in(compiler, connection)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> _Sql:
        return self._in(compiler, connection)


def knowing_of(rows: R, models: Iterable[type[Model]], *, by: str) -> R:
    """Each of the rows will know, without another query, of which models nothing hangs on it."""
    known: R = rows.annotate(**{_known(model): AnyWithin(model, by=by) for model in models})
    return known


def has_any(row: Model, model: type[Model]) -> bool:
    return bool(getattr(row, _known(model), True))


def _known(model: type[Model]) -> str:
    return f"has_any_{model._meta.model_name}"
