"""Settings that a session has from its role, its database or the server, and that lead past what was built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from .difference import Difference, Kind

# What no clinic needs to set, and what it must be.
HARMLESS: Final = {
    "session_replication_role": {"origin"},
    "row_security": {"on"},
    "session_preload_libraries": {""},
    "local_preload_libraries": {""},
}
_SET: Final = (
    "SELECT CASE WHEN setrole = 0 THEN 'the database' ELSE 'the role ' || setrole::regrole END, one"
    " FROM pg_db_role_setting, unnest(setconfig) AS one"
    " WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))"
    " AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user),"
    " (SELECT oid FROM pg_roles WHERE rolname = session_user))"
)
# Where the tables are found; and every schema that has something of the same name.
_HOME: Final = (
    "SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE c.oid = to_regclass('django_migrations')"
)
_SAME_NAME: Final = (
    "SELECT relname, nspname, nspname = ANY(current_schemas(true)) FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = relnamespace WHERE relname = ANY(%s) AND nspname <> %s"
    " AND relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT pg_is_other_temp_schema(n.oid)"
)


def differences(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(_HOME)
        (home,) = cursor.fetchone() or (None,)
        cursor.execute(_SET)
        settings = [(whose, *one.partition("=")[::2]) for whose, one in cursor.fetchall()]
        cursor.execute("SELECT current_setting('session_replication_role'), current_schema()")
        replication, first = cursor.fetchone()
        cursor.execute(_SAME_NAME, [list(tables), home])
        same_name = cursor.fetchall()
    if replication not in HARMLESS["session_replication_role"]:
        yield Difference(
            Kind.SETTING, f"session_replication_role is {replication}: no foreign key is looked after."
        )
    for whose, name, value in settings:
        if value not in HARMLESS.get(name, {value}) or name == "role":
            yield Difference(Kind.SETTING, f"For {whose} {name} is set to {value!r}.")
        if name == "search_path" and home and _first_of(value) not in {"", home}:
            yield Difference(Kind.SETTING, f"For {whose} search_path puts another schema first: {value}")
    if home and first != home:
        yield Difference(
            Kind.SETTING, f"The schema {first} is looked at before {home}, where the tables are."
        )
    has_path = any(name == "search_path" for _, name, _ in settings)
    for table, schema, is_met in same_name:
        if is_met or has_path:
            yield Difference(
                Kind.SETTING, f"The schema {schema} has something of the name {table} too, beside {home}."
            )


def _first_of(path: str) -> str:
    """The schema of a search_path that is looked at first; "$user" is there only where somebody made it."""
    names = [name.strip().strip('"') for name in path.split(",")]
    return next((name for name in names if name and name != "$user"), "")
