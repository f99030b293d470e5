"""The database of the tests: migrated once for the same product, and put back after a test that commits."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase

from taperplanner.append_only import drop_triggers, install_triggers

TOP: Final = Path(__file__).resolve().parents[1]
# A migrated database made beforehand: whoever breaks a line that no table is made of need not migrate again.
GIVEN: Final = "TEST_DATABASE"


# --- Migrated once ----------------------------------------------------------------------------


def product() -> str:
    """A word for all that a migrated database is made of: the product's code and the packages it stands on."""
    found = sha256(sqlite3.sqlite_version.encode())
    for path in [TOP / "requirements/run.txt", *sorted(TOP.glob("taperplanner/**/*.py"))]:
        found.update(str(path.relative_to(TOP)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:24]


class Migrated:
    """A migrated database of this product that is kept from one run to the next, and shared by the workers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = Path(os.environ.get(GIVEN) or folder / f"{product()}.sqlite3")
        self._lock = (folder / "lock").open("w")

    def copy_to(self, database: Path) -> bool:
        """Whether there was one. If not, other workers wait until this one has made it."""
        flock(self._lock, LOCK_EX)
        if not self._path.exists():
            return False
        shutil.copyfile(self._path, database)
        self._lock.close()
        return True

    def keep(self, database: Path) -> None:
        """Those of older products go."""
        if self._lock.closed:
            return
        for older in self.folder.glob("*.sqlite3"):
            older.unlink()
        shutil.copyfile(database, self._path)
        self._lock.close()


# --- Put back ---------------------------------------------------------------------------------


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
