"""Three roles of PostgreSQL, and what each may do: one owns, the application only works in what it owns, one reads.

What the application may do in a table comes from its model: a row that never changes is read and inserted, and that is
all. Nothing is granted on sequences: a column that numbers itself needs no right to its sequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ..inserted_once import InsertedOnce

READS: Final = "SELECT"
ADDS: Final = "SELECT, INSERT"
CHANGES: Final = "SELECT, INSERT, UPDATE, DELETE"
# Written by `migrate` alone.
OF_MIGRATE: Final = frozenset({"auth", "contenttypes"})
MIGRATIONS: Final = "django_migrations"
NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class Roles:
    """Names of NAME's kind, so that no statement needs more than quotes around them. `backup`: none where nobody has it."""

    owner: str
    application: str
    backup: str = ""

    @property
    def others(self) -> list[str]:
        return [name for name in (self.application, self.backup) if name]


def rights_of_application() -> dict[str, str]:
    """By table: of every model, of the cache that counts attempts, and of the migrations."""
    rights = {
        model._meta.db_table: READS
        if model._meta.app_label in OF_MIGRATE
        else ADDS
        if issubclass(model, InsertedOnce)
        else CHANGES
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }
    in_tables = [cache for cache in caches.all() if isinstance(cache, BaseDatabaseCache)]
    rights |= {cache._table: CHANGES for cache in in_tables}  # type: ignore[attr-defined]
    return dict(sorted({**rights, MIGRATIONS: READS}.items()))


def making(roles: Roles, schema: str) -> Iterator[str]:
    """By a superuser, once: it makes the roles that are absent, and gives what is there to the owner."""
    for name in (roles.owner, *roles.others):
        yield f"""DO $$ BEGIN IF to_regrole('{name}') IS NULL THEN CREATE ROLE "{name}"; END IF; END $$"""
        databases = "CREATEDB" if name == roles.backup else "NOCREATEDB"
        yield f'ALTER ROLE "{name}" LOGIN NOSUPERUSER {databases} NOCREATEROLE NOREPLICATION NOBYPASSRLS'
    yield (
        "DO $$ DECLARE one text; BEGIN"
        f""" EXECUTE format('ALTER DATABASE %I OWNER TO "{roles.owner}"', current_database());"""
        f""" ALTER SCHEMA "{schema}" OWNER TO "{roles.owner}";"""
        " FOR one IN SELECT format('ALTER TABLE %s', c.oid::regclass) FROM pg_class c"
        f" WHERE relnamespace = '\"{schema}\"'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid"
        " AND deptype IN ('a', 'i', 'e'))"
        " UNION ALL SELECT format('ALTER FUNCTION %s', p.oid::regprocedure) FROM pg_proc p"
        f" WHERE pronamespace = '\"{schema}\"'::regnamespace AND prokind = 'f'"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid"
        " AND deptype = 'e')"
        f""" LOOP EXECUTE one || ' OWNER TO "{roles.owner}"'; END LOOP; END $$"""
    )
    # Nobody makes anything by being somebody: no table, no schema, and no temporary table under the name of ours.
    yield (
        "DO $$ BEGIN"
        " EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());"
        + "".join(
            f""" EXECUTE format('REVOKE ALL ON DATABASE %I FROM "{name}"', current_database());"""
            f""" EXECUTE format('GRANT CONNECT ON DATABASE %I TO "{name}"', current_database());"""
            for name in roles.others
        )
        + " END $$"
    )
    others = ", ".join(f'"{name}"' for name in roles.others)
    yield f'REVOKE ALL ON SCHEMA "{schema}" FROM PUBLIC, {others}'
    yield f'GRANT USAGE ON SCHEMA "{schema}" TO {others}'
    later = f'ALTER DEFAULT PRIVILEGES FOR ROLE "{roles.owner}" IN SCHEMA "{schema}" GRANT'
    yield f'{later} {ADDS} ON TABLES TO "{roles.application}"'
    if roles.backup:
        yield f'{later} {READS} ON TABLES TO "{roles.backup}"'
        yield f'{later} {READS} ON SEQUENCES TO "{roles.backup}"'
    yield from granting(roles, schema)


def granting(roles: Roles, schema: str) -> Iterator[str]:
    """By the owner, after each `migrate`: exactly what each may do in the tables that are there."""
    everything = (f'ALL TABLES IN SCHEMA "{schema}"', f'ALL SEQUENCES IN SCHEMA "{schema}"')
    for name in roles.others:
        yield from (f'REVOKE ALL ON {what} FROM PUBLIC, "{name}"' for what in everything)
    values = ", ".join(f"('{table}', '{rights}')" for table, rights in rights_of_application().items())
    yield (
        f"DO $$ DECLARE one record; BEGIN FOR one IN SELECT * FROM (VALUES {values}) AS of_table(name, rights)"
        f" WHERE to_regclass(format('%I.%I', '{schema}', name)) IS NOT NULL LOOP"
        f" EXECUTE format('GRANT %s ON TABLE %I.%I TO \"{roles.application}\"', one.rights, '{schema}', one.name);"
        " END LOOP; END $$"
    )
    if roles.backup:
        yield from (f'GRANT {READS} ON {what} TO "{roles.backup}"' for what in everything)


def make(connection: BaseDatabaseWrapper, roles: Roles, schema: str) -> None:
    """All of it or nothing. Raises: DatabaseError."""
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for statement in making(roles, schema):
            cursor.execute(statement)


_SET_UP: Final = (
    "SELECT current_schema(), current_user, acl.grantee::regrole::text, bool_or(acl.privilege_type = 'INSERT')"
    " FROM pg_default_acl d, aclexplode(defaclacl) acl WHERE defaclrole::regrole::text = quote_ident(current_user)"
    " AND defaclnamespace = current_schema()::regnamespace AND defaclobjtype = 'r'"
    " AND acl.grantee NOT IN (0, defaclrole) GROUP BY 1, 2, 3"
)


def grant_after_migrate(connection: BaseDatabaseWrapper) -> None:
    """New tables get the rights that their models say. Which roles there are is known from what `making` set."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute(_SET_UP)
        found = cursor.fetchall()
        for schema, owner, name, adds in found:
            if adds:
                backup = next((other for _, _, other, other_adds in found if not other_adds), "")
                for statement in granting(Roles(owner, name, backup), schema):
                    cursor.execute(statement)
