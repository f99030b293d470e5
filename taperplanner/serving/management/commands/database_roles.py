"""The roles of PostgreSQL with which the product is run: the SQL that makes them, or the making itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from taperplanner.catalogue.roles import NAME, Roles, make, making


class Command(BaseCommand):
    help = (
        "Print the SQL that makes a role which owns the tables and runs migrate, one that the application signs in as and"
        " that owns nothing, and one that makes backups. A superuser runs it in the product's database; again whenever"
        " rights are in doubt. No password is set by it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--owner", default="taperplanner_owner", help="default: %(default)s")
        parser.add_argument("--app", default="taperplanner", help="default: %(default)s")
        parser.add_argument(
            "--backup", default="taperplanner_backup", help="default: %(default)s; empty for none"
        )
        parser.add_argument("--schema", default="public", help="default: %(default)s")
        parser.add_argument(
            "--apply", action="store_true", help="run it, as the superuser whom DATABASE_URL names"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        roles = Roles(options["owner"], options["app"], options["backup"])
        names = [roles.owner, *roles.others, options["schema"]]
        for name in names:
            if not NAME.fullmatch(name):
                raise CommandError(f"“{name}” is no name of small letters, digits and _.")
        if not roles.application or len(set(names[:-1])) < len(names) - 1:
            raise CommandError("Give each role a name of its own.")
        if options["apply"]:
            _apply(roles, options["schema"])
            self.stdout.write(f"{roles.owner} owns everything, and {' and '.join(roles.others)} nothing.")
        else:
            self.stdout.write(
                "\n".join(["BEGIN;", *(f"{one};" for one in making(roles, options["schema"])), "COMMIT;"])
            )


def _apply(roles: Roles, schema: str) -> None:
    if connection.vendor != "postgresql":
        raise CommandError("SQLite has no roles.")
    try:
        make(connection, roles, schema)
    except DatabaseError as problem:
        raise CommandError(
            f"Nothing was changed. PostgreSQL says: {str(problem).strip()} Is DATABASE_URL that of a superuser?"
        ) from problem
