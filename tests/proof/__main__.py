"""Prove that paper says what was signed: random schedules are printed, read back and compared.

    .venv/bin/python -m tests.proof [--count 2000] [--seed 1] [--processes 2] [--joint]

It asks no database. Whatever is wrong is printed, and ends this command with an error.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from functools import partial
from multiprocessing import get_context
from time import monotonic

import django


def main() -> int:
    parser = ArgumentParser(
        prog="python -m tests.proof", description="Prove that paper says what was signed."
    )
    parser.add_argument("--count", type=int, default=2000, help="how many schedules (2000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same schedules (1)")
    parser.add_argument("--processes", type=int, help="how many at once (as many as there are processors)")
    parser.add_argument("--joint", action="store_true", help="papers of two or three medicines in one")
    return report(**vars(parser.parse_args()))


def report(*, count: int, seed: int, processes: int | None, joint: bool) -> int:
    """What is wrong, and the exit code of the command."""
    from .joint import prove_joint  # after Django is set up
    from .proving import prove

    proving = partial(prove_joint if joint else prove, seed=seed)
    began = monotonic()
    wrong = 0
    with get_context("spawn").Pool(processes, initializer=django.setup) as pool:
        for done, lines in enumerate(pool.imap(proving, range(count), chunksize=5), 1):
            wrong += len(lines)
            for line in lines:
                print(line)
            if done % 100 == 0:
                print(f"{done} of {count}, {wrong} wrong so far.", flush=True)
    seconds = int(monotonic() - began)
    what = "papers of several medicines" if joint else "schedules"
    print(f"{count} random {what}, printed and read back in {seconds} seconds: {wrong} wrong.")
    if wrong:
        print("The paper does not say what was signed.")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")
    django.setup()
    sys.exit(main())
