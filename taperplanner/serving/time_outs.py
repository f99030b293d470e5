"""How long PostgreSQL works on one statement or waits for a lock or a connection: of requests alone, not of commands."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import connections

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
    limits = {
        "statement_timeout": settings.DATABASE_STATEMENT_SECONDS,
        "lock_timeout": settings.DATABASE_LOCK_SECONDS,
    }
    said = [f"-c {name}={seconds * 1000}" for name, seconds in limits.items() if seconds]
    if said:  # a pooler may take no options: 0 sends none
        options["options"] = " ".join(filter(None, [options.get("options"), *said]))
