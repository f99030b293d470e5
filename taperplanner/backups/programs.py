"""PostgreSQL's own programs: which of those that are installed, how they sign in, and how far they are."""

from __future__ import annotations

import re
import shutil
import subprocess  # nosec B404
from collections.abc import Iterator, Sequence
from pathlib import Path
from secrets import token_hex
from time import monotonic
from typing import Final

from django.conf import settings as project
from django.db import connection
from psycopg.conninfo import make_conninfo

from taperplanner.private_files import opened_to_write
from taperplanner.sealed import Refused

from .files import Progress, megabytes
from .place import Settings, pointed_at
from .verified import Tell

DEBIANS: Final = Path("/usr/lib/postgresql")
SECONDS_BETWEEN_LOOKS: Final = 0.5
# Of Django's own, and not of the library that both stand on.
NOT_FOR_PROGRAMS: Final = {"pool", "isolation_level", "server_side_binding", "assume_role", "client_encoding"}


def run(
    name: str,
    settings: Settings,
    arguments: Sequence[str],
    folder: Path,
    tell: Tell,
    *,
    grows: Path | None = None,
) -> None:
    """Raises: Refused, with what the program said last."""
    with pointed_at(settings):
        program = program_for(name, server_major())
    said, began = folder / f"{name}.said", monotonic()
    progress = Progress(tell, "Dumping" if grows else "Restoring")
    command = [str(program), f"--dbname={_conninfo(settings, folder)}", "--no-password", *arguments]
    with said.open("wb") as errors:
        running = subprocess.Popen(  # noqa: S603 # nosec B603
            command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors
        )
        try:
            while not _has_ended(running):
                far = megabytes(grows.stat().st_size) if grows and grows.exists() else ""
                progress.at(far or f"since {monotonic() - began:.0f} seconds")
        finally:
            running.kill()  # no more than a word to one that has ended
            running.wait()
    if running.returncode:
        lines = said.read_text(errors="replace").strip().splitlines() or [
            f"it ended with {running.returncode}"
        ]
        raise Refused(f"{name} says: {lines[0]}")


def program_for(name: str, major: int) -> Path:
    """Of the server's own version, or else of the next later one: an earlier one cannot read it."""
    found = {version: path for path in _installed(name) if (version := _major(path)) >= major}
    if not found:
        raise Refused(
            f"No {name} of version {major} or later is installed. Install PostgreSQL's client programs, or say in"
            " POSTGRESQL_PROGRAMS in which folder they are."
        )
    return found[min(found)]


def server_major() -> int:
    connection.ensure_connection()
    return int(connection.pg_version) // 10_000  # type: ignore[attr-defined]


def _installed(name: str) -> Iterator[Path]:
    """The one to prefer last."""
    yield from (path for path in DEBIANS.glob(f"*/bin/{name}") if path.is_file())
    if on_path := shutil.which(name):
        yield Path(on_path)
    folder = project.POSTGRESQL_PROGRAMS
    if folder and Path(folder, name).is_file():
        yield Path(folder, name)


def _major(program: Path) -> int:
    done = subprocess.run(  # noqa: S603 # nosec B603
        [program, "--version"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    number = re.search(r"\) (\d+)", done.stdout)
    return int(number[1]) if number else 0


def _conninfo(settings: Settings, folder: Path) -> str:
    """The password stands in a file for this user alone, and not in what the machine shows of running programs."""
    options = {name: value for name, value in settings["OPTIONS"].items() if name not in NOT_FOR_PROGRAMS}
    given = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "dbname": settings["NAME"],
    } | {name: value for name, value in options.items() if isinstance(value, str | int)}
    if settings["PASSWORD"]:
        given["passfile"] = str(_passfile(settings["PASSWORD"], folder))
    return make_conninfo(**{name: value for name, value in given.items() if value not in {"", None}})


def _passfile(password: str, folder: Path) -> Path:
    path = folder / f"passfile-{token_hex(4)}"
    escaped = re.sub(r"([\\:])", r"\\\1", password)
    with opened_to_write(path) as file:
        file.write(f"*:*:*:*:{escaped}\n".encode())
    return path


def _has_ended(running: subprocess.Popen[bytes]) -> bool:
    try:
        running.wait(SECONDS_BETWEEN_LOOKS)
    except subprocess.TimeoutExpired:
        return False
    return True
