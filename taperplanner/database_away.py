"""Whether an error says that the database does not answer: it cannot be reached, let go of the connection, or took too long.

Whatever was asked may then be asked again as it is. Want of room is told apart (`no_room`), and so is a fault of ours.
"""

from __future__ import annotations

import sqlite3
from typing import Final

import psycopg
from django.db import OperationalError

from .no_room import causes, why_no_room

# Locked by somebody else for too long, not to be opened or read.
_OF_SQLITE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# Connection, authorization, rolled back (a deadlock), resources, shut down or cancelled (a time-out), system. None: libpq's own.
_OF_POSTGRESQL: Final = ("08", "28", "40", "53", "57", "58")
_LOCK_NOT_AVAILABLE: Final = "55P03"


def is_away(error: BaseException | None) -> bool:
    return error is not None and not why_no_room(error) and any(map(_says_so, causes(error)))


def _says_so(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_SQLITE
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        state = error.sqlstate
        return state is None or state.startswith(_OF_POSTGRESQL) or state == _LOCK_NOT_AVAILABLE
    # Django's own has the driver's as its cause, which is asked in its turn.
    return isinstance(error, OperationalError) and error.__cause__ is None
