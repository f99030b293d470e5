"""The system check. Runs with `check --database default`, and so at deployment and before `migrate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ..append_only import append_only_models, missing_triggers
from ..migrations_waiting import migrations_waiting
from . import on_postgresql, on_sqlite
from .difference import WHAT_TO_DO, Difference
from .rights import lacking_rights

NOT_COMPARED: Final = checks.Warning(
    "Migrations wait, so the columns and constraints of the append-only tables were not compared.",
    hint="Run manage.py migrate, and then manage.py check --database default.",
    id="append_only.W001",
)


@checks.register(checks.Tags.database)
def check_catalogue(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    return [message for alias in databases or [] for message in _messages(connections[alias])]


def differences(connection: BaseDatabaseWrapper, *, is_migrated: bool) -> list[Difference]:
    """Each difference once. Before the migrations have run, columns and constraints may well be others."""
    of_vendor = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    found = of_vendor.differences(connection, append_only_models(), is_migrated=is_migrated)
    return list(dict.fromkeys(found))


def _messages(connection: BaseDatabaseWrapper) -> Iterator[checks.CheckMessage]:
    if lacking := list(lacking_rights(connection)):
        yield from lacking  # whoever may not read the tables cannot compare them
        return
    is_migrated = not migrations_waiting(connection)
    yield from _of_triggers(missing_triggers(connection), is_migrated=is_migrated)
    for one in differences(connection, is_migrated=is_migrated):
        yield checks.Error(one.says, hint=WHAT_TO_DO[one.kind], id=one.kind)
    tables = connection.introspection.table_names()
    if not is_migrated and any(model._meta.db_table in tables for model in append_only_models()):
        yield NOT_COMPARED


def _of_triggers(missing: Sequence[str], *, is_migrated: bool) -> Iterator[checks.CheckMessage]:
    """An older version's triggers may be others, and `migrate`, which asks this first, makes them ours."""
    if missing and not is_migrated:
        yield checks.Warning(
            f"{len(missing)} triggers are not as this version makes them. The first is {missing[0]}.",
            hint="Run manage.py migrate, and then manage.py check --database default.",
            id="append_only.W002",
        )
        return
    for name in missing:
        yield checks.Error(
            f"The trigger {name} is missing, changed or switched off, so signed rows could be changed.",
            hint=(
                "Find out who removed it, and run manage.py migrate --skip-checks, which installs it again:"
                " without that option migrate refuses too."
            ),
            id="append_only.E001",
        )
