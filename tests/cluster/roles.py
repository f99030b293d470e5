"""A database of its own with the roles that docs/running.md has, and a clinic in it. Names of roles are the server's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Final

from django.core.management import call_command
from django.db import connection

from taperplanner.backups.place import Settings, pointed_at
from taperplanner.catalogue.roles import Roles
from tests.backups.clinic import as_operator, filled_database

SCHEMA: Final = "public"


@contextmanager
def with_roles(folder: Path) -> Iterator[tuple[Settings, Roles]]:
    """The settings are the superuser's. Nothing is pointed at."""
    mark = token_hex(4)
    roles = Roles(f"owner_{mark}", f"application_{mark}", f"backup_{mark}")
    with filled_database(folder) as settings:
        try:
            with pointed_at(settings):
                make(roles)
            yield settings, roles
        finally:
            with pointed_at(settings):
                run(f"REASSIGN OWNED BY {roles.owner} TO CURRENT_USER")
                for name in (*roles.others, roles.owner):
                    run(f"DROP OWNED BY {name}")
    for name in (*roles.others, roles.owner):
        as_operator(settings, f"DROP ROLE {name}")


def make(roles: Roles) -> None:
    call_command(
        "database_roles",
        owner=roles.owner,
        app=roles.application,
        backup=roles.backup,
        apply=True,
        verbosity=0,
    )


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
