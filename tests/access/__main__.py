"""Ask all cells, each address in a test of its own:

.venv/bin/python -m tests.access [--processes 2] [--only patients:]
"""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from time import monotonic
from typing import Final

import django

MATRIX: Final = "tests/test_access.py"


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.access")
    parser.add_argument("--processes", default="2", help="how many at once (2)")
    parser.add_argument("--only", default="", help="words of an address")
    given = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "taperplanner.settings", "ACCESS_CELLS": "all"}
    django.setup()
    from ..addresses import addresses
    from .cells import cells_of

    chosen = [address for address in addresses() if given.only in address.name]
    if not chosen:
        parser.error("No address is called so.")
    began, count = monotonic(), sum(len(cells_of(address)) for address in chosen)
    names = ["-k", f"answers_what_was_agreed and {given.only}"] if given.only else []
    command = [sys.executable, "-m", "pytest", "-n", given.processes, MATRIX, *names]
    done = subprocess.run(command, check=False)
    print(f"{count:,} cells of {len(chosen)} addresses were asked in {monotonic() - began:.0f} s.")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
