"""Nothing that was acknowledged is lost, whatever is killed:

    .venv/bin/python -m tests.crash [--vendor postgresql] [--writes 20000] [--kills 40] [--minutes 30] [--seed 1]

A clinic of its own works at the real server of four processes: drafts, signatures, check-ins, dispensings, printed
copies, each sent again with its key when nobody answered. At random moments the server is killed, or one of its
processes; on PostgreSQL also the whole database, or one of its processes; and started again. Then strace looks on at
one patient more: no answer may go out before the disk has what it says. In the end each acknowledged write is there
once, none by half. Ends with 1 otherwise. With `--control` nothing waits for the disk, answers go out before the commit,
and rows are harmed before they are looked at: all of it must be found.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from .databases import VENDORS, new_database
from .environment import set_up

UNDURABLE: Final = {"fsync": "off", "synchronous_commit": "off"}


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments().parse_args(given)
    with tempfile.TemporaryDirectory(prefix="crash-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL's own user must reach its folder in it
        settings = UNDURABLE if asked.control else {}
        with new_database(asked.vendor, folder, asked.migrated, **settings) as database:
            set_up(database.address)
            from .running import crash

            return crash(asked, database, folder)


def arguments() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--vendor", choices=VENDORS, default=VENDORS[0])
    parser.add_argument("--writes", type=int, default=300)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=24 * 60, help="at most, whatever is written by then")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20260302)
    parser.add_argument("--migrated", type=Path, help="what tests.crash.migrated made, to begin with")
    parser.add_argument(
        "--control", action="store_true", help="all is wrong on purpose, to see that it is found"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
