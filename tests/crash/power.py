"""Power that fails: a disk whose kernel forgets whatever it was not asked to bring there.

    .venv/bin/python -m tests.crash.power [--vendor postgresql] [--writes 20] [--synchronous FULL]

The database lies in a file system of its own, whose device is a file. What is in that file at the moment of an answer is
what a disk would have; the rest, in the kernel's memory, is gone with the power. So the file is copied when a write
has been acknowledged, the copy is mounted as after a restart, the database recovers there, and the write must be found.
A disk that lies about its own cache is not tried. Root alone may mount.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from .databases import VENDORS, Database, PostgreSQL, new_database
from .environment import set_up
from .processes import held

MEGABYTES: Final = {"sqlite": 32, "postgresql": 192}
# Nobody else brings anything to the disk: the file system's own timer is set to an hour.
OPTIONS: Final = "loop,noatime,commit=3600"
UNMOUNTING_SECONDS: Final = 30

# Nor does PostgreSQL's own writer, a moment later.
LATE: Final = {"wal_writer_delay": "10s"}


class MayNotMount(Exception):
    """Not root, or not on this machine."""


@contextmanager
def mounted(what: str | Path, at: Path, *options: str) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    _do("mount", *(options or ("-o", OPTIONS)), what, at)
    try:
        yield at
    finally:
        _unmount(at)


def _unmount(at: Path) -> None:
    """Whoever was ended may hold a file there a moment longer."""
    for _ in range(UNMOUNTING_SECONDS):
        try:
            _do("umount", at)
        except MayNotMount as problem:
            why = problem
            time.sleep(1)
        else:
            return
    raise why


def _do(*command: str | Path) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as problem:
        raise MayNotMount(str(problem)) from problem
    except subprocess.CalledProcessError as problem:
        raise MayNotMount(problem.stderr.strip()) from problem


@contextmanager
def new_disk(folder: Path, megabytes: int) -> Iterator[tuple[Path, Path]]:
    """Its file, and where it is mounted."""
    image = folder / "disk"
    with image.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
    _do("mkfs.ext4", "-q", "-F", image)
    with mounted(image, folder / "mounted") as at:
        at.chmod(0o711)
        yield image, at


def cut(image: Path, to: Path, running: Sequence[int]) -> Path:
    """What the disk has now. Whoever writes to it is held meanwhile, so that it is of one moment."""
    with held(running):
        shutil.copyfile(image, to)
    return to


def main(given: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(prog="python -m tests.crash.power")
    parser.add_argument("--vendor", choices=VENDORS, default=VENDORS[0])
    parser.add_argument("--writes", type=int, default=20)
    parser.add_argument(
        "--synchronous", default="", help="less than ours, to compare: FULL; off for PostgreSQL"
    )
    parser.add_argument("--migrated", type=Path, help="what tests.crash.migrated made, to begin with")
    asked = parser.parse_args(given)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="power-")))
        folder.chmod(0o711)
        try:
            image, at = stack.enter_context(new_disk(folder, MEGABYTES[asked.vendor]))
        except MayNotMount as reason:
            print(f"not tried: {reason}")
            return 0
        settings = LATE | {"synchronous_commit": asked.synchronous} if asked.synchronous else {}
        database = stack.enter_context(new_database(asked.vendor, at, asked.migrated, **settings))
        lost = [
            mark
            for mark in writes(asked.writes, database, asked.synchronous)
            if not survives(mark, image, folder, database)
        ]
    print(
        f"{asked.vendor}: power was cut after each of {asked.writes} acknowledged writes; lost: {len(lost)}"
    )
    return 1 if lost else 0


def writes(count: int, database: Database, synchronous: str) -> Iterator[str]:
    """The MRN of a patient each time one is added, by the product's own settings and action."""
    set_up(database.address, f"PRAGMA synchronous={synchronous};" if synchronous else "")
    from django.core.management import call_command
    from django.db import connection

    from ..world.people import build_patient
    from ..world.universe import build_house

    call_command("migrate", verbosity=0, interactive=False)
    house = build_house("Riverside Clinic", "riverside")
    os.sync()
    for number in range(count):
        mark = f"P-{number:04}"
        build_patient(house, mrn=mark)
        connection.close()  # as each request does
        yield mark


def survives(mark: str, image: Path, folder: Path, database: Database) -> bool:
    running = database.processes
    with mounted(cut(image, folder / "after", running), folder / "restarted") as at, ExitStack() as stack:
        if isinstance(database, PostgreSQL):
            import psycopg

            restarted = PostgreSQL(at / "data")
            for name in (
                "postmaster.pid",
                ".s.PGSQL.5432.lock",
            ):  # of who is gone after a power cut, and lives here
                (restarted.data / name).unlink(missing_ok=True)
            restarted.start()
            stack.callback(restarted.stop)
            again = stack.enter_context(psycopg.connect(restarted.address))
            found = again.execute("SELECT count(*) FROM patients_patient WHERE mrn = %s", [mark]).fetchone()
        else:
            import sqlite3

            opened = stack.enter_context(closing(sqlite3.connect(at / database.file.name)))
            found = opened.execute("SELECT count(*) FROM patients_patient WHERE mrn = ?", [mark]).fetchone()
        return found == (1,)


if __name__ == "__main__":
    sys.exit(main())
