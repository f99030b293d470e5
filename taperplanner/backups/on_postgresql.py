"""PostgreSQL: pg_dump of one moment, and pg_restore in one transaction into a database where nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from psycopg.sql import SQL, Identifier

from taperplanner.append_only import FUNCTIONS
from taperplanner.sealed import Refused

from .manifest import Facts, facts_now
from .place import Settings, connection_to, pointed_at, settings_now, settings_of
from .programs import run
from .verified import Tell

LONGEST_NAME: Final = 63


def copy_out(content: Path, at: datetime, tell: Tell, check_in: str | None) -> Facts:
    """Rows are counted in the very snapshot that is dumped."""
    settings = settings_now()
    if check_in is None:
        _refuse_unless_databases_can_be_made(settings)
    with pointed_at(settings), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        facts = facts_now(at)
        arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        file = f"--file={content}"
        run("pg_dump", settings, (*arguments, file), content.parent, tell, grows=content)
    return facts


@contextmanager
def opened(content: Path, tell: Tell, check_in: str | None) -> Iterator[None]:
    """Restored into a database that is gone after the block."""
    now = settings_now()
    name = f"{now['NAME'][: LONGEST_NAME - 20]}_check_{token_hex(4)}"
    settings = settings_of(check_in) if check_in else now | {"NAME": name}
    with _database(settings) as made:
        try:
            _fill(settings, content, tell)
            with pointed_at(settings):
                yield
        finally:
            if not made:
                _empty(settings)


@contextmanager
def new_place(settings: Settings, folder: Path) -> Iterator[Path]:
    """Where to write what is to be restored."""
    _refuse_unless_free(settings)
    yield folder / "content"


@contextmanager
def filled(settings: Settings, content: Path, folder: Path, tell: Tell) -> Iterator[None]:
    """Within the block it is restored and pointed at; if that ends in a refusal, nothing is left of it."""
    with _database(settings, keep=True) as made:
        _fill(settings, content, tell)
        try:
            with pointed_at(settings):
                yield
        except BaseException:
            if not made:
                _empty(settings)
            raise


def ownership(settings: Settings) -> str:
    with pointed_at(settings), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = current_schema()")
        owners = " and ".join(sorted(owner for (owner,) in cursor.fetchall()))
    application = settings_now()["USER"] or "its operating-system user"
    if owners == application:
        return f"Its tables belong to {owners}, as which the application signs in."
    return (
        f"Its tables belong to {owners}, and the application signs in as {application}, to whom nothing is granted"
        " there: run manage.py database_roles there (docs/running.md, “Roles”), and see that"
        " check --deploy --database default says nothing."
    )


@contextmanager
def _database(settings: Settings, *, keep: bool = False) -> Iterator[bool]:
    """Made if it is absent. Whether it was. Gone again after the block, or only where that ends badly (`keep`)."""
    made = not _is_there(settings)
    if made:
        _as_operator(settings, "CREATE DATABASE {} TEMPLATE template0", "CREATEDB")
    is_well = False
    try:
        _refuse_unless_empty(settings)
        yield made
        is_well = True
    finally:
        if made and not (keep and is_well):
            _as_operator(settings, "DROP DATABASE {}", "the right to drop it")


def _fill(settings: Settings, content: Path, tell: Tell) -> None:
    arguments = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(content))
    run("pg_restore", settings, arguments, content.parent, tell)


def _is_there(settings: Settings) -> bool:
    with connection_to(settings)._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [settings["NAME"]])
        return cursor.fetchone() is not None


def _as_operator(settings: Settings, statement: str, needed: str) -> None:
    with connection_to(settings)._nodb_cursor() as cursor:
        try:
            cursor.execute(SQL(statement).format(Identifier(settings["NAME"])))
        except DatabaseError as problem:
            raise Refused(
                f"PostgreSQL refuses ({str(problem).strip()}). The role needs {needed}, or an empty database."
            ) from problem


def _refuse_unless_databases_can_be_made(settings: Settings) -> None:
    with pointed_at(settings), connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        (can,) = cursor.fetchone()
    if not can:
        raise Refused(
            "A backup is restored once to see that it can be, and this role may make no database: name an empty one"
            " with --check-in, or give the role CREATEDB."
        )


def _refuse_unless_free(settings: Settings) -> None:
    if _is_there(settings):
        _refuse_unless_empty(settings)


def _refuse_unless_empty(settings: Settings) -> None:
    if some := _tables(settings):
        raise Refused(
            f"The database {settings['NAME']} has {len(some)} tables already. A restore goes into a new place."
        )


def _tables(settings: Settings) -> list[tuple[str, str]]:
    with pointed_at(settings), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname, relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname !~ '^pg_' AND nspname <> 'information_schema'"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = c.oid AND deptype IN ('e', 'i', 'a'))"
        )
        return [(schema, name) for schema, name in cursor.fetchall()]


def _empty(settings: Settings) -> None:
    """Of what was restored into a database in which no table was."""
    names = [SQL("{}.{}").format(Identifier(schema), Identifier(name)) for schema, name in _tables(settings)]
    with pointed_at(settings), transaction.atomic(), connection.cursor() as cursor:
        statements: list[Any] = [SQL("DROP TABLE {} CASCADE").format(SQL(", ").join(names))] if names else []
        statements += [SQL("DROP FUNCTION IF EXISTS {}()").format(Identifier(name)) for name in FUNCTIONS]
        for statement in statements:
            cursor.execute(statement)
