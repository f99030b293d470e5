"""Whether an error says that nothing can be written: the disk is full, or the database accepts no changes."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, Final

import psycopg

FULL: Final = "the server’s disk is full"
READ_ONLY: Final = "the database accepts no changes at the moment"
_OF_THE_DISK: Final = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY}
_OF_SQLITE: Final = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR_WRITE: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
}
_OF_POSTGRESQL: Final = {"53100": FULL, "25006": READ_ONLY}


def why_no_room(error: BaseException) -> str:
    """The reason in words; empty if the error says something else."""
    return next(filter(None, map(_reason, causes(error))), "")


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Django raises an error of its own from the database's, or while it handles it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def watch(reasons: list[str]) -> Callable[..., Any]:
    """For `connection.execute_wrapper`: notes each such reason, also where the error is swallowed."""

    def watched(execute: Callable[..., Any], *given: Any) -> Any:
        try:
            return execute(*given)
        except Exception as error:
            reasons.extend(filter(None, [why_no_room(error)]))
            raise

    return watched


def _reason(error: BaseException) -> str:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        return _OF_SQLITE.get(code) or _OF_SQLITE.get(code & 0xFF, "")
    if isinstance(error, psycopg.Error):
        return _OF_POSTGRESQL.get(error.sqlstate or "", "")
    if isinstance(error, OSError):
        return _OF_THE_DISK.get(error.errno or 0, "")
    return ""
