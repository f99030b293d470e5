"""PgBouncer as docs/deploy/pgbouncer.ini has it, in front of the PostgreSQL of the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

from taperplanner.backups.place import connection_to
from tests.house.law import TOP
from tests.serving.deployed import free_port

INI: Final = (TOP / "docs/deploy/pgbouncer.ini").read_text()
PROGRAM: Final = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
LIMITS: Final = "connect_query='SET statement_timeout = 60000; SET lock_timeout = 30000'"


@contextmanager
def pooled(
    settings: dict[str, Any], *, connections: int, role: str = "postgres", limits: str = LIMITS
) -> Iterator[int]:
    """The port at which the role finds the database of `settings` by its name, without a password."""
    assert PROGRAM
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="taperplanner-"))
    host, server_port = settings["HOST"] or settings["OPTIONS"]["host"], settings["PORT"] or 5432
    changed = {
        "taperplanner = host=database.example port=5432 dbname=taperplanner": (
            f"{settings['NAME']} = host={host} port={server_port} dbname={settings['NAME']}"
        ),
        LIMITS: limits,
        "listen_port = 6432": f"listen_port = {port}",
        "auth_type = scram-sha-256": "auth_type = trust",
        "/etc/pgbouncer/userlist.txt": f"{folder}/userlist.txt",
        "default_pool_size = 20": f"default_pool_size = {connections}",
    }
    text = INI
    for before, after in changed.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (folder / "userlist.txt").write_text(f'"{role}" ""\n')
    (folder / "pgbouncer.ini").write_text(text)
    folder.chmod(0o755)
    # It refuses to be root, and the tests' server is for its own user alone.
    user = Path(host).owner() if os.geteuid() == 0 else None
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([PROGRAM, folder / "pgbouncer.ini"], user=user, stdout=log, stderr=log)
    try:
        _until_up(port, process, folder / "log")
        yield port
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def through(settings: dict[str, Any], port: int) -> dict[str, Any]:
    """As DATABASE_POOLER=true and such an address make them."""
    return settings | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "OPTIONS": {},
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


@contextmanager
def asked_at(settings: dict[str, Any]) -> Iterator[None]:
    """As `pointed_at`, which takes the limits off: here that would take them off a connection of everybody's."""
    before = connections[DEFAULT_DB_ALIAS]
    there = connections[DEFAULT_DB_ALIAS] = connection_to(settings)
    try:
        yield
    finally:
        there.close()
        connections[DEFAULT_DB_ALIAS] = before


def _until_up(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())
