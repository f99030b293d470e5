"""PostgreSQL from Debian's packages on two addresses of this machine, one after the other: a primary and its standby.

Both listen at one port, as two machines would. What is killed is what was started here, by its number.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.postgres import NO_SERVER, SYSTEM_USER, _version

FIRST, SECOND = "127.0.0.1", "127.0.0.2"
STANDBY: Final = "second"
SECONDS: Final = 120


def programs() -> Path:
    """Raises: LookupError where there is none."""
    found = max(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, default=None)
    if found is None or not (found / "pg_basebackup").exists():
        raise LookupError(NO_SERVER)
    return found


@dataclass
class Server:
    """Everything that is acknowledged is on its disk (fsync is on, as it is by default)."""

    data: Path
    host: str
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        given = {
            "listen_addresses": self.host,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "60",
            **self.settings,
        }
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with (self.data.parent / f"{self.host}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", self.data, *options],
                user=_user(),
                cwd="/",
                stdout=log,
                stderr=log,
            )
        wait_for(lambda: self.asked("SELECT 1"), f"PostgreSQL at {self.host}")

    def asked(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """By the superuser. Empty also where it does not answer."""
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(
                host=self.host,
                port=self.port,
                user="postgres",
                dbname=database,
                autocommit=True,
                connect_timeout=3,
            ) as there,
        ):
            cursor = there.execute(statement)
            return cursor.fetchall() if cursor.description else [()]
        return []

    def children(self) -> dict[int, str]:
        """The number and the title of each process of it."""
        assert self.process
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == self.process.pid:
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        return found

    def kill(self) -> None:
        """As a machine dies: no process of it finishes anything. It stands still first, so that none is begun meanwhile."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        for number in self.children():
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.kill()
        self.process.wait(SECONDS)

    def fence(self) -> None:
        """It cannot come back: its data are put where nothing starts them."""
        assert not self.asked("SELECT 1"), "the old primary answers"
        self.data.rename(self.data.with_name(f"{self.data.name}.fenced"))

    def fall_silent(self, *, speaks: bool = False) -> None:
        """Nothing of what it writes is sent to the standby, and nobody is told; or it speaks again."""
        (sender,) = (number for number, title in self.children().items() if "walsender" in title)
        os.kill(sender, signal.SIGCONT if speaks else signal.SIGSTOP)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            for number in self.children():
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGCONT)
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def pair(port: int, *, synchronous: bool) -> Iterator[tuple[Server, Server]]:
    """A primary and a standby that streams from it. Raises: LookupError."""
    folder = Path(tempfile.mkdtemp(prefix="taperplanner-"))
    made: list[Server] = []
    try:
        if _user():
            shutil.chown(folder, _user())
        names = {"synchronous_standby_names": STANDBY if synchronous else ""}
        primary = Server(folder / "first", FIRST, port, names)
        _run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "-D", primary.data)
        made.append(primary)
        primary.settings = {"synchronous_standby_names": ""}  # until there is one
        primary.start()
        standby = Server(folder / "second", SECOND, port, {"synchronous_standby_names": ""})
        to = f"host={FIRST} port={port} user=postgres application_name={STANDBY}"
        _run("pg_basebackup", "-d", to, "-D", standby.data, "-R", "-X", "stream", "--checkpoint=fast")
        made.append(standby)
        standby.start()
        primary.stop()
        primary.settings = names
        primary.start()
        wanted = [("streaming", "sync" if synchronous else "async")]
        wait_for(lambda: state_of(primary) == wanted, "a standby that streams")
        yield primary, standby
    finally:
        for server in reversed(made):
            server.stop()
        shutil.rmtree(folder)


def state_of(primary: Server) -> list[tuple[Any, ...]]:
    return primary.asked(
        f"SELECT state, sync_state FROM pg_stat_replication WHERE application_name = '{STANDBY}'"
    )


def promote(standby: Server) -> None:
    standby.asked("SELECT pg_promote()")
    wait_for(lambda: standby.asked("SELECT pg_is_in_recovery()") == [(False,)], "the new primary")


def wait_for(is_so: Callable[[], object], what: str) -> None:
    until = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > until:
            raise SystemExit(f"Waited {SECONDS} seconds in vain for {what}.")
        time.sleep(0.1)


def _user() -> str | None:
    return SYSTEM_USER if os.geteuid() == 0 else None


def _run(program: str, *arguments: str | Path) -> None:
    subprocess.run(
        [programs() / program, *arguments], user=_user(), cwd="/", check=True, stdout=subprocess.DEVNULL
    )
