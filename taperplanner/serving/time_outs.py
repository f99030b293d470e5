"""How long PostgreSQL works on one statement or waits for a lock or a connection: of requests alone, not of commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db import connection, connections

# A server that is gone without a word is noticed, whatever was being waited for.
OF_THE_LINE: Final = {
    "connect_timeout": 4,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


def set_time_outs() -> None:
    """Before the first connection. A migration or a check of every row may take as long as it takes, so not in settings."""
    database = connections["default"].settings_dict
    if "postgresql" not in database["ENGINE"]:
        return
    options = database.setdefault("OPTIONS", {})
    for name, value in OF_THE_LINE.items():
        options.setdefault(name, value)
    said = [f"-c {name}={seconds * 1000}" for name, seconds in _limits().items() if seconds]
    if said and not settings.DATABASE_POOLER:  # which takes no options, and sets them itself
        options["options"] = " ".join(filter(None, [options.get("options"), *said]))


def limits_that_are_not_set() -> Iterator[str]:
    """Of the time-outs that a pooler is to set: those without any limit. Raises: DatabaseError."""
    if connection.vendor != "postgresql" or not settings.DATABASE_POOLER:
        return
    with connection.cursor() as cursor:
        for name in (name for name, seconds in _limits().items() if seconds):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone() == ("0",):
                yield name


def _limits() -> dict[str, int]:
    return {
        "statement_timeout": settings.DATABASE_STATEMENT_SECONDS,
        "lock_timeout": settings.DATABASE_LOCK_SECONDS,
    }
