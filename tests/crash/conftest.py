from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from .commands import run


@pytest.fixture(scope="session")
def migrated(django_db_setup: None) -> Iterator[list[str]]:
    """Of SQLite a copy of the tests' own, to which nobody writes meanwhile; it is there where a test is marked for it."""
    with tempfile.TemporaryDirectory(prefix="crash-") as name:
        folder = Path(name)
        if connection.vendor == "sqlite":
            shutil.copyfile(connection.settings_dict["NAME"], folder / "clinic.sqlite3")
            yield ["--migrated", str(folder / "clinic.sqlite3")]
        else:
            folder.chmod(0o711)
            done = run("tests.crash.migrated", name)
            assert done.returncode == 0, done.stderr
            yield ["--migrated", str(folder / "data")]
