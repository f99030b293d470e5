"""Whether the role that signs in may do what the product does: a restore can leave the tables to another role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.core.checks import Error
from django.db.backends.base.base import BaseDatabaseWrapper

from .roles import rights_of_application

_LACKING: Final = (
    "SELECT name, pg_get_userbyid(relowner), current_user, string_agg(word, ' or ' ORDER BY word)"
    " FROM unnest(%s::text[], %s::text[]) AS needed(name, word)"
    " JOIN pg_class c ON c.oid = to_regclass(quote_ident(name))"
    " WHERE NOT has_table_privilege(c.oid, word) GROUP BY 1, 2, 3 ORDER BY 1"
)


def lacking_rights(connection: BaseDatabaseWrapper) -> Iterator[Error]:
    """Of the product's own tables; one that is not there yet lacks nothing."""
    if connection.vendor != "postgresql":
        return
    needed = [
        (table, word) for table, rights in rights_of_application().items() for word in rights.split(", ")
    ]
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, [[table for table, _ in needed], [word for _, word in needed]])
        lacking = cursor.fetchall()
    if lacking:
        table, owner, role, words = lacking[0]
        yield Error(
            f"The role {role}, as which the application signs in, lacks rights in {len(lacking)} tables. The first is"
            f" {table}, which belongs to {owner}: {role} may not {words} there.",
            hint="A restore leaves the tables to the role that restored them. Grant what is needed with manage.py database_roles"
            " (docs/running.md, “Roles”), or restore again as the role that owned them.",
            id="append_only.E007",
        )
