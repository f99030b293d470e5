"""PostgreSQL's own catalogue of the tables, of what acts on them, and of the settings that lead past them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from ..append_only import AppendOnly, trigger_names
from . import settings_of_role, wanted
from .difference import Difference, Kind, between
from .normal import normal_condition

KINDS: Final = {
    "v": "a view",
    "m": "a materialized view",
    "f": "a foreign table",
    "p": "a partitioned table",
    "S": "a sequence",
}
PERSISTENCE: Final = {"u": "unlogged, so a crash empties it", "t": "temporary, so it ends with the session"}

# Of each table that the product means when it says the name.
_TABLES: Final = (
    "SELECT c.relname, c.oid, c.relkind, c.relpersistence, c.relrowsecurity OR c.relforcerowsecurity"
    " FROM unnest(%s::text[]) AS wanted(name) JOIN pg_class c ON c.oid = to_regclass(quote_ident(wanted.name))"
)
_COLUMNS: Final = (
    "SELECT attrelid, concat_ws(', ', attname || ' ' || format_type(atttypid, atttypmod),"
    " CASE WHEN attnotnull THEN 'not null' END,"
    " CASE WHEN attidentity <> '' THEN 'identity' END, CASE WHEN attgenerated <> '' THEN 'generated' END,"
    " 'default ' || pg_get_expr(adbin, adrelid),"
    " CASE WHEN attcollation <> typcollation THEN 'another collation' END)"
    " FROM pg_attribute JOIN pg_type t ON t.oid = atttypid"
    " LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
    " WHERE attrelid = ANY(%s) AND attnum > 0 AND NOT attisdropped"
)
_CONSTRAINTS: Final = (
    "SELECT conrelid, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conrelid = ANY(%s) AND contype IN ('c', 'f', 'p', 'u', 'x')"
)
_INDEXES: Final = (
    "SELECT indrelid, pg_get_indexdef(indexrelid),"
    " n.nspname, indisvalid AND indisready AND indislive FROM pg_index"
    " JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE indrelid = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint"
    " WHERE conindid = indexrelid AND conrelid = indrelid AND contype IN ('p', 'u', 'x'))"
)
# What acts on a table's rows: table, what it is, and how it is named.
_ACTING: Final = (
    "SELECT tgrelid, 'a trigger that is not ours: ' || tgname FROM pg_trigger"
    " WHERE tgrelid = ANY(%(tables)s) AND NOT tgisinternal AND tgname <> ALL(%(ours)s)"
    " UNION ALL SELECT tgrelid, 'a foreign key whose trigger is switched off: ' || tgname FROM pg_trigger"
    " WHERE tgrelid = ANY(%(tables)s) AND tgisinternal AND tgenabled <> 'O'"
    " UNION ALL SELECT ev_class, 'a rule, which may send rows elsewhere: ' || rulename FROM pg_rewrite"
    " WHERE ev_class = ANY(%(tables)s) AND rulename <> '_RETURN'"
    " UNION ALL SELECT polrelid, 'a policy, which may hide or refuse rows: ' || polname FROM pg_policy"
    " WHERE polrelid = ANY(%(tables)s)"
    " UNION ALL SELECT inhparent, 'a child, whose rows stand among its own: ' || inhrelid::regclass"
    " FROM pg_inherits WHERE inhparent = ANY(%(tables)s)"
    " UNION ALL SELECT inhrelid, 'a parent, whose statements reach its rows: ' || inhparent::regclass"
    " FROM pg_inherits WHERE inhrelid = ANY(%(tables)s)"
)
# One that an extension brought is the operator's own choice.
_EVENT_TRIGGERS: Final = (
    "SELECT evtname FROM pg_event_trigger e WHERE evtenabled <> 'D' AND NOT EXISTS (SELECT 1 FROM pg_depend"
    " WHERE classid = 'pg_event_trigger'::regclass AND objid = e.oid AND deptype = 'e')"
)


def differences(
    connection: BaseDatabaseWrapper, kinds: Sequence[type[AppendOnly]], *, is_migrated: bool
) -> Iterator[Difference]:
    names = [model._meta.db_table for model in kinds]
    found = {name: row for name, *row in _rows(connection, _TABLES, [names])}
    yield from settings_of_role.differences(connection, names)
    for name in names:
        if name in found:
            _, kind, persistence, has_row_security = found[name]
            yield from _of_kind(name, kind, persistence, has_row_security=has_row_security)
        elif is_migrated:
            yield Difference(Kind.TABLE, f"The table {name} is not there.")
    name_of = {oid: name for name, (oid, *_) in found.items()}
    acting = {"tables": list(name_of), "ours": sorted(trigger_names(connection))}
    for oid, what in _rows(connection, _ACTING, acting):
        yield Difference(Kind.ACTS, f"The table {name_of[oid]} has {what}")
    for (name,) in _rows(connection, _EVENT_TRIGGERS, []):
        yield Difference(Kind.ACTS, f"The database has an event trigger, which may undo ours: {name}")
    if is_migrated:
        tables = {name: oid for name, (oid, kind, *_) in found.items() if kind == "r"}
        yield from _of_texts(connection, [model for model in kinds if model._meta.db_table in tables], tables)


def _of_kind(table: str, kind: str, persistence: str, *, has_row_security: bool) -> Iterator[Difference]:
    if kind != "r":
        what = KINDS.get(kind, "something else")
        yield Difference(Kind.TABLE, f"Under the name {table} stands {what} in place of the table.")
    if persistence in PERSISTENCE:
        yield Difference(Kind.TABLE, f"The table {table} is {PERSISTENCE[persistence]}.")
    if has_row_security:
        yield Difference(Kind.ACTS, f"The table {table} has row security, which may hide or refuse rows.")


def _of_texts(
    connection: BaseDatabaseWrapper, kinds: Sequence[type[AppendOnly]], tables: dict[str, int]
) -> Iterator[Difference]:
    oids = [list(tables.values())]
    columns, constraints, indexes = defaultdict(Counter), defaultdict(Counter), defaultdict(Counter)  # type: ignore[var-annotated]
    for oid, text in _rows(connection, _COLUMNS, oids):
        columns[oid][text] += 1
    for oid, text in _rows(connection, _CONSTRAINTS, oids):
        constraints[oid][normal_condition(text)] += 1
    for oid, text, schema, is_valid in _rows(connection, _INDEXES, oids):
        plain = text.replace(f" ON {schema}.", " ON ").replace(" USING btree", "")
        indexes[oid][normal_condition(plain) + ("" if is_valid else ", not valid")] += 1
    for model in kinds:
        table = model._meta.db_table
        oid = tables[table]
        yield from between(Kind.COLUMN, "a column", table, wanted.columns(connection, model), columns[oid])
        yield from between(
            Kind.CONSTRAINT, "a constraint", table, wanted.constraints(connection, model), constraints[oid]
        )
        yield from between(
            Kind.CONSTRAINT, "an index", table, wanted.indexes(connection, model), indexes[oid]
        )


def _rows(connection: BaseDatabaseWrapper, query: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())
