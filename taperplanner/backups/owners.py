"""Whether the role that the application signs in as may do what it does: a restore can leave tables to another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from taperplanner.append_only import InsertedOnce

NEEDED: Final = (
    "SELECT c.relname, pg_get_userbyid(c.relowner), current_user, array_agg(word ORDER BY word)"
    " FROM unnest(%s::text[], %s::text[]) AS needed(name, word)"
    " JOIN pg_class c ON c.oid = to_regclass(quote_ident(name))"
    " WHERE NOT has_table_privilege(c.oid, word) GROUP BY 1, 2, 3 ORDER BY 1"
)
HINT: Final = (
    "A restore by another role leaves its tables to that one. Restore again as the role that owned them, or grant what"
    " is needed."
)


def check_rights(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return [message for alias in databases or [] for message in _messages(connections[alias])]


def _messages(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    if connection.vendor != "postgresql":
        return []
    wanted = [
        (model._meta.db_table, word)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for word in ("SELECT", "INSERT", *(() if issubclass(model, InsertedOnce) else ("UPDATE", "DELETE")))
    ]
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, [[table for table, _ in wanted], [word for _, word in wanted]])
        lacking = cursor.fetchall()
    if not lacking:
        return []
    table, owner, role, words = lacking[0]
    return [
        Error(
            f"The role {role}, as which the application signs in, may not {' or '.join(words)} in {len(lacking)}"
            f" tables. The first is {table}, which belongs to {owner}.",
            hint=HINT,
            id="backups.E001",
        )
    ]
