"""Django's own, which undoes nothing that holds what somebody recorded, and keeps nobody waiting behind it for long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import IntegrityError, ProgrammingError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import AmbiguityError

from taperplanner.append_only import drop_triggers, install_triggers
from taperplanner.going_back import losses
from taperplanner.lock_waits import Waited, waits_briefly

LOST: Final = "Nothing was undone. What was recorded would be lost:\n{}\nRestore a backup of before the upgrade instead."
WAITED: Final = (
    "A table is in use by somebody else: a server that still runs, a backup, or an open session. The migration"
    " that waited is undone whole, those before it stand. Stop what uses the database, then run migrate again."
)
DOES_NOT_FIT: Final = (
    "Not undone: what was recorded since does not fit the earlier tables ({}). The migration that"
    " failed has changed nothing. Restore a backup of before the upgrade instead, or run migrate to come back."
)
NOT_THE_OWNER: Final = (
    "The role {} may not change the tables: it is the application's, and no migration runs as that. Run migrate again"
    " with the owner's role in DATABASE_URL (docs/running.md, “Roles”). The migration that was refused has changed"
    " nothing."
)
CHANGES_NOTHING: Final = ("fake", "plan", "check_unapplied")


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        undone = [] if any(options[name] for name in CHANGES_NOTHING) else _undone(connection, options)
        if lost := list(losses(connection, undone)):
            raise CommandError(LOST.format("\n".join(f"  {one}" for one in lost)))
        try:
            with waits_briefly(connection), _triggers_away(connection, undone):
                super().handle(*args, **options)
        except Waited as problem:
            raise CommandError(WAITED) from problem
        except ProgrammingError as problem:
            if not isinstance(problem.__cause__, psycopg.errors.InsufficientPrivilege):
                raise
            raise CommandError(NOT_THE_OWNER.format(connection.settings_dict["USER"])) from None
        except IntegrityError as problem:
            if not undone:
                raise
            rule = str(problem).partition("\n")[0]  # PostgreSQL quotes the row below it
            raise CommandError(DOES_NOT_FIT.format(rule)) from None


def _undone(connection: BaseDatabaseWrapper, options: dict[str, Any]) -> list[Migration]:
    """Only where a migration of one room is named. What cannot be found is refused by Django's own."""
    app, name = options["app_label"], options["migration_name"]
    if not app or not name:
        return []
    executor = MigrationExecutor(connection)
    try:
        target = None if name == "zero" else executor.loader.get_migration_by_prefix(app, name).name
        plan = executor.migration_plan([(app, target)])
    except (AmbiguityError, KeyError):
        return []
    return [migration for migration, is_backwards in plan if is_backwards]


@contextmanager
def _triggers_away(connection: BaseDatabaseWrapper, undone: list[Migration]) -> Iterator[None]:
    """SQLite drops no column that a trigger names. At its end Django's command has them put back."""
    if not undone or connection.vendor == "postgresql":
        yield
        return
    drop_triggers(connection)
    try:
        yield
    except BaseException:
        install_triggers(connection)
        raise
