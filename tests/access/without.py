"""Take each check of who may out, and see that a cell of the addresses that it guards turns red:

    .venv/bin/python -m tests.access.without [--only patients:] [--cells] [--gates]

Checks that cells see are taken out one after another in one process (`checks.py`); gates of actions, and what no single
request shows, each in a copy of the tree, by the tests that are named for them (`gates.py`).
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from time import monotonic
from typing import Final

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "taperplanner.settings"
    django.setup()

from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from . import asking
from .asking import World
from .cells import Cell, cells_of
from .checks import Check, checks
from .gates import red_without_each_gate

FIRST: Final = {"manager": 0, "staff": 1, "staff who checks": 2, "provider": 3, "nobody": 4}


def red_without(check: Check, world: World) -> str:
    """The first cell that is answered otherwise than was agreed; empty if none is."""
    with check.without():
        for address, cell in _asked(check):
            world.not_there.clear()
            try:
                if wrong := next(world.wrong(address, cell), ""):
                    return wrong
            except Exception as error:
                return f"{' '.join(cell)} {address.name}: {error!r}"
    world.not_there.clear()
    return ""


def _asked(check: Check) -> Iterator[tuple[asking.Address, Cell]]:
    """All cells of what it guards, those first that most checks are seen by."""
    for address in check.addresses:
        for cell in sorted(cells_of(address), key=_likely):
            yield address, cell


def _likely(cell: Cell) -> tuple[int, int, int]:
    return (cell.method not in {"GET", "POST"}, cell.object != "own", FIRST.get(cell.actor, 9))


def _without_each_that_cells_see(only: str) -> Iterator[tuple[str, str]]:
    found = [check for check in checks() if only in check.name]
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with asking.world() as world:
            for check in found:
                yield check.name, red_without(check, world)
    finally:
        teardown_databases(databases, verbosity=0)


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.access.without")
    parser.add_argument("--only", default="", help="words of a check or of an address")
    parser.add_argument("--cells", action="store_true", help="only those that cells see")
    parser.add_argument("--gates", action="store_true", help="only those that tests see")
    given = parser.parse_args()
    began = monotonic()
    taken_out = chain(
        () if given.gates else _without_each_that_cells_see(given.only),
        () if given.cells else red_without_each_gate(given.only),
    )
    count = red = 0
    for name, wrong in taken_out:
        count, red = count + 1, red + bool(wrong)
        print(
            f"{'red' if wrong else 'NOT NOTICED'}: without {name}. {wrong.splitlines()[0] if wrong else ''}",
            flush=True,
        )
    print(f"{red} of {count} turned red, in {monotonic() - began:.0f} s.")
    return 0 if count and red == count else 1


if __name__ == "__main__":
    sys.exit(main())
