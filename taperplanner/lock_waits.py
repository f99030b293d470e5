"""How long a migration waits for a table on PostgreSQL: whoever asks for the table meanwhile waits behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST: Final = "5s"
UNSET: Final = "0"


class Waited(Exception):
    """Somebody else held a table for longer."""


@contextmanager
def waits_briefly(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Raises: Waited. Whoever set another `lock_timeout`, for the role or in DATABASE_URL, means that. Through a pooler
    nothing is set: the session may be somebody else's next."""
    if connection.vendor != "postgresql" or settings.DATABASE_POOLER or _setting(connection) != UNSET:
        yield
        return
    _set(connection, LONGEST)
    try:
        yield
    except OperationalError as problem:
        if isinstance(problem.__cause__, psycopg.errors.LockNotAvailable):
            raise Waited from problem
        raise
    finally:
        if connection.is_usable():
            _set(connection, UNSET)


def _setting(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return str(cursor.fetchone()[0])


def _set(connection: BaseDatabaseWrapper, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [value])
