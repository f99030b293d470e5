"""The real server while its disk is full, and while its database is away:

    .venv/bin/python -m tests.crash.trouble [--vendor postgresql]

The database lies on a small disk, which somebody fills. Each answer is then a clear page that keeps what was typed,
nothing is half written, and the same form is taken once there is room again. On PostgreSQL the database is then killed,
and held: within five seconds a page that is in no cache and names no patient; and it is taken once the database is back,
without a restart. At the end the server is ended while it sets a paper, which is answered first. Ends with 1 otherwise.
Root alone may mount the small disk.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from .databases import VENDORS, PostgreSQL, new_database
from .environment import set_up
from .power import MayNotMount, mounted
from .processes import held

MEGABYTES: Final = {"sqlite": 16, "postgresql": 160}


def main(given: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(prog="python -m tests.crash.trouble")
    parser.add_argument("--vendor", choices=VENDORS, default=VENDORS[0])
    parser.add_argument("--migrated", type=Path, help="what tests.crash.migrated made, to begin with")
    asked = parser.parse_args(given)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trouble-")))
        folder.chmod(0o711)
        size = f"size={MEGABYTES[asked.vendor]}m,mode=711"
        try:
            disk = stack.enter_context(mounted("tmpfs", folder / "small", "-t", "tmpfs", "-o", size))
        except MayNotMount as reason:
            print(f"not tried: {reason}")
            return 0
        database = stack.enter_context(new_database(asked.vendor, disk, asked.migrated))
        set_up(database.address)
        from .at_trouble import Trouble

        trouble = stack.enter_context(Trouble.at_work(database, folder, asked.vendor))
        with full(disk):
            trouble.is_full()
        trouble.is_over("the disk was full")
        if isinstance(database, PostgreSQL):
            with killed(database):
                trouble.is_away("killed")
            trouble.is_over("the database was killed")
            with silent(database):
                trouble.is_away("held")
            trouble.is_over("the database was held")
        trouble.is_ended()
        return trouble.told()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def killed(database: PostgreSQL) -> Iterator[None]:
    database.kill()
    try:
        yield
    finally:
        database.start()


@contextmanager
def silent(database: PostgreSQL) -> Iterator[None]:
    """It takes connections and never says a word."""
    with held(database.processes):
        yield
    database.wait_until_up()


if __name__ == "__main__":
    sys.exit(main())
