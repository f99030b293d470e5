"""Patients copied in the database, with all that is theirs, by one statement a table: a large clinic in some seconds.

The keys of a copy are made of those of the first row and the copy's number, so that they fit together. The triggers
must be away. What was signed has the hash of the first row still.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db import connection, models

OF_NO_PATIENT: Final = {"clinic_id", "user_id"}  # also where the column is no foreign key
KEY_AT_A_CLINIC: Final = "mrn"


def multiply(kinds: Collection[type[models.Model]], times: int) -> None:
    """`kinds`: all whose keys are to be others in a copy."""
    is_server = connection.vendor == "postgresql"
    tables = {model._meta.db_table for model in kinds}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica" if is_server else "PRAGMA foreign_keys = OFF")
        for model in kinds:
            cursor.execute(_copied(model, tables, times, is_server=is_server))
        cursor.execute("SET session_replication_role = origin" if is_server else "PRAGMA foreign_keys = ON")
        cursor.execute("ANALYZE")


def _copied(model: type[models.Model], tables: set[str], times: int, *, is_server: bool) -> str:
    fields = [one for one in model._meta.concrete_fields if "Auto" not in one.get_internal_type()]
    values = ", ".join(_value(field, tables, is_server=is_server) for field in fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    numbers = (
        f"generate_series(1, {times}) AS n(n)"
        if is_server
        else f"(WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {times}) SELECT n FROM n)"
    )
    table = model._meta.db_table
    return f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" CROSS JOIN {numbers}'


def _value(field: Any, tables: set[str], *, is_server: bool) -> str:
    column = f'"{field.column}"'
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    if kind == "UUIDField":
        stays = field.is_relation and field.related_model._meta.db_table not in tables
        if stays or field.column in OF_NO_PATIENT:
            return column
        return f"md5({column}::text || n)::uuid" if is_server else f"MD5({column} || n)"
    return f"{column} || '-' || n" if field.name == KEY_AT_A_CLINIC else column
