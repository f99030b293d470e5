"""Whether the application's role may do more than the application does: asked of what is served, not of `migrate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ..append_only import append_only_models

TOO_MUCH: Final = "database_roles.W001"
HINT: Final = (
    "Make a role that owns and one that serves with manage.py database_roles (docs/running.md, “Roles”), and serve as the"
    " second. To go on with one role, set DATABASE_ONE_ROLE=true: then only the triggers stand between the"
    " application's password and what was signed."
)
_SUPERUSER: Final = "SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper"
# Each row is something that it may do, and need not.
_MAY: Final = """
SELECT 'may make other roles' FROM pg_roles WHERE rolname = current_user AND rolcreaterole
UNION ALL SELECT 'may make databases' FROM pg_roles WHERE rolname = current_user AND rolcreatedb
UNION ALL SELECT 'may copy the whole server by replication' FROM pg_roles WHERE rolname = current_user AND rolreplication
UNION ALL SELECT 'is asked by no policy of rows' FROM pg_roles WHERE rolname = current_user AND rolbypassrls
UNION ALL SELECT 'may become ' || rolname FROM pg_roles WHERE rolname NOT IN (current_user, 'pg_database_owner')
    AND pg_has_role(oid, 'MEMBER') AND (rolname LIKE 'pg\\_%%' OR rolsuper OR rolcreaterole OR oid IN (
        SELECT relowner FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        UNION SELECT datdba FROM pg_database WHERE datname = current_database()))
UNION ALL SELECT 'owns the database' FROM pg_database
    WHERE datname = current_database() AND pg_get_userbyid(datdba) = current_user
UNION ALL SELECT 'owns the schema ' || nspname FROM pg_namespace
    WHERE nspname = current_schema() AND pg_get_userbyid(nspowner) = current_user
UNION ALL SELECT 'owns ' || count(*) || ' tables' FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
    AND relnamespace = current_schema()::regnamespace AND pg_get_userbyid(relowner) = current_user HAVING count(*) > 0
UNION ALL SELECT 'owns ' || count(*) || ' functions' FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND pg_get_userbyid(proowner) = current_user HAVING count(*) > 0
UNION ALL SELECT 'may make tables in the schema ' || current_schema()
    WHERE has_schema_privilege(current_schema(), 'CREATE')
UNION ALL SELECT 'may make schemas' WHERE has_database_privilege(current_database(), 'CREATE')
UNION ALL SELECT 'may make temporary tables, which stand before the real ones'
    WHERE has_database_privilege(current_database(), 'TEMP')
UNION ALL SELECT 'may ' || right_of || ' in ' || count(*) || ' tables whose rows never change'
    FROM unnest(%s::text[]) AS only_added(name), unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS right_of
    WHERE has_table_privilege(to_regclass(quote_ident(name)), right_of)
       OR (right_of = 'UPDATE' AND has_any_column_privilege(to_regclass(quote_ident(name)), right_of)) GROUP BY right_of
"""
# Since PostgreSQL 15 somebody else than a superuser may be let switch foreign keys off.
_REPLICATION_ROLE: Final = (
    "SELECT 'may set session_replication_role, which switches foreign keys off'"
    " WHERE has_parameter_privilege('session_replication_role', 'SET')"
)
_SINCE: Final = 150_000


@checks.register(checks.Tags.database, deploy=True)
def check_least_privilege(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    return [message for alias in databases or [] for message in _messages(connections[alias])]


def more_than_needed(connection: BaseDatabaseWrapper) -> list[str]:
    """What the role may do and need not: the ends of sentences that begin with its name."""
    with connection.cursor() as cursor:
        cursor.execute(_SUPERUSER)
        if cursor.fetchone() is not None:
            return ["is a superuser, whom nothing is refused"]
        cursor.execute(_MAY, [[model._meta.db_table for model in append_only_models()]])
        found = [what for (what,) in cursor.fetchall()]
        if connection.pg_version >= _SINCE:  # type: ignore[attr-defined]
            cursor.execute(_REPLICATION_ROLE)
            found += [what for (what,) in cursor.fetchall()]
    return found


def _messages(connection: BaseDatabaseWrapper) -> Iterator[checks.CheckMessage]:
    if connection.vendor != "postgresql":
        return
    if found := more_than_needed(connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            (role,) = cursor.fetchone()
        yield checks.Warning(
            f"The role {role}, as which the application signs in, {'; '.join(found)}.", hint=HINT, id=TOO_MUCH
        )
