"""The database of the tests is put back after a test that commits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase

from taperplanner.append_only import drop_triggers, install_triggers


@contextmanager
def put_back_after_commits() -> Iterator[None]:
    """What a test committed is gone after it, and every trigger stands as it did.

    SQLite's file becomes what it was before the first such test: in no time, and past the triggers. PostgreSQL's
    tables are emptied by Django, with the triggers out of the way.
    """
    setup, teardown = TransactionTestCase.__dict__["_fixture_setup"], TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_setup = classmethod(_before(setup.__func__))  # type: ignore[method-assign]
    TransactionTestCase._fixture_teardown = _after(teardown)  # type: ignore[method-assign]
    try:
        yield
    finally:
        TransactionTestCase._fixture_setup = setup
        TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]


_before_any: Final = sqlite3.connect(":memory:", check_same_thread=False)


def _before(setup: Callable[..., None]) -> Callable[..., None]:
    def begin(cls: type[TransactionTestCase]) -> None:
        if (
            connection.vendor == "sqlite"
            and not _before_any.execute("SELECT 1 FROM sqlite_master").fetchone()
        ):
            with _file() as file:
                file.backup(_before_any)
        setup(cls)

    return begin


def _after(flush: Callable[..., None]) -> Callable[..., None]:
    def end(self: TransactionTestCase) -> None:
        if connection.vendor == "sqlite":
            connections.close_all()
            with _file() as file:
                _before_any.backup(file, progress=_not_held)
            return
        drop_triggers(connection)
        try:
            flush(self)
            cache.clear()  # its table is no model's
        finally:
            install_triggers(connection)

    return end


@contextmanager
def _file() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=30)) as file:
        file.execute("PRAGMA synchronous=OFF")
        yield file


def _not_held(status: int, *_: Any) -> None:
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise sqlite3.OperationalError("a thread that the test left behind still holds the database")
