"""What an attacker with the database's password can do, and the triggers cannot stop."""

from __future__ import annotations

from django.db import connection

from taperplanner.append_only import drop_triggers, install_triggers


def past_the_triggers(statement: str) -> None:
    """Run a statement with the triggers out of the way, and put them back."""
    settle()
    drop_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    settle()
    install_triggers(connection)


def settle() -> None:
    """PostgreSQL alters no table that has deferred checks waiting."""
    connection.check_constraints()
