"""A migrated database that the commands of this folder begin with, so that each need not migrate:

.venv/bin/python -m tests.crash.migrated FOLDER [--vendor postgresql]
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from .databases import VENDORS, new_database
from .environment import set_up


def main(given: Sequence[str] | None = None) -> None:
    parser = ArgumentParser(prog="python -m tests.crash.migrated")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vendor", choices=VENDORS, default=VENDORS[0])
    asked = parser.parse_args(given)
    asked.folder.mkdir(exist_ok=True)
    asked.folder.chmod(0o711)
    with new_database(asked.vendor, asked.folder) as database:
        set_up(database.address)
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0, interactive=False)
        connection.close()


if __name__ == "__main__":
    main()
