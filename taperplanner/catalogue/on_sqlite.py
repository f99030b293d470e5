"""SQLite keeps the text that made each thing: the texts are compared with those that Django would write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from ..append_only import AppendOnly, trigger_names
from .difference import Difference, Kind, between
from .normal import definitions, normal

_Stored = dict[str, list[tuple[str, str]]]  # of each type: name and text


def differences(
    connection: BaseDatabaseWrapper, kinds: Sequence[type[AppendOnly]], *, is_migrated: bool
) -> Iterator[Difference]:
    ours = trigger_names(connection)
    for model in kinds:
        table = model._meta.db_table
        stored = _stored(connection, table)
        yield from _of_kind(table, stored, is_migrated=is_migrated)
        for name, _ in stored["trigger"]:
            if name not in ours:
                yield Difference(Kind.ACTS, f"The table {table} has a trigger that is not ours: {name}")
        if is_migrated and stored["table"]:
            yield from _of_texts(connection, model, stored)


def _stored(connection: BaseDatabaseWrapper, table: str) -> _Stored:
    """A name is the same in small letters and in capitals."""
    found: _Stored = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE lower(tbl_name) = %s", [table])
        for kind, name, sql in cursor.fetchall():
            found[kind].append((name, sql or ""))
    return found


def _of_kind(table: str, stored: _Stored, *, is_migrated: bool) -> Iterator[Difference]:
    if stored["view"]:
        yield Difference(Kind.TABLE, f"Under the name {table} stands a view in place of the table.")
    elif stored["table"] and normal(stored["table"][0][1]).startswith("create virtual"):
        yield Difference(Kind.TABLE, f"Under the name {table} stands a virtual table in place of the table.")
    elif is_migrated and not stored["table"]:
        yield Difference(Kind.TABLE, f"The table {table} is not there.")


def _of_texts(
    connection: BaseDatabaseWrapper, model: type[models.Model], stored: _Stored
) -> Iterator[Difference]:
    table = model._meta.db_table
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    editor.create_model(model)  # only writes down what it would do
    texts: list[str] = [*editor.collected_sql, *map(str, editor.deferred_sql)]
    create, *indexes = texts
    columns, constraints = _split(definitions(create))
    has_columns, has_constraints = _split(definitions(stored["table"][0][1]))
    yield from between(Kind.COLUMN, "a column", table, columns, has_columns)
    yield from between(Kind.CONSTRAINT, "a constraint", table, constraints, has_constraints)
    wanted = Counter(normal(sql.rstrip(";")) for sql in indexes)
    found = Counter(normal(sql) for _, sql in stored["index"] if sql)
    yield from between(Kind.CONSTRAINT, "an index", table, wanted, found)


def _split(found: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Columns, and whatever is none."""
    both: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for text in found:
        both[text.startswith(("constraint ", "unique ", "check ", "foreign ", "primary "))][text] += 1
    return both
