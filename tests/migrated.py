"""The test database, migrated once for the same product: the next run and the other worker take a copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).resolve().parents[1]
# A migrated database made beforehand: whoever breaks a line that no table is made of need not migrate again.
GIVEN: Final = "TEST_DATABASE"


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
        part = self._path.with_suffix(f".{os.getpid()}")
        shutil.copyfile(database, part)
        part.replace(self._path)
        self._lock.close()
