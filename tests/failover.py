"""The failover drill: a primary and a synchronous standby, and the primary dies while everybody writes:

    .venv/bin/python -m tests.failover --writes 100000

It needs Debian's package postgresql, and starts both servers on this machine by itself. Writers register patients by the
product's own action and keep count of what came back. The primary is killed whole and fenced, the standby promoted, and the
writers go on there. Then the same with a standby that is not waited for and is told nothing for a moment: that must lose
something, or the drill proves nothing. Ends with 1 if anything is otherwise.
"""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")
# Only its kind counts: what is asked are the two servers of the drill.
os.environ["DATABASE_URL"] = "postgres://postgres@127.0.0.1/postgres"
django.setup()

from django.conf import settings  # noqa: E402 - after the set-up

from .cluster.drill import Outcome, drill  # noqa: E402
from .serving.deployed import free_port  # noqa: E402


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.failover")
    parser.add_argument("--writes", type=int, default=3000)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--control-writes", type=int, default=600)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    settings.ALLOWED_HOSTS = ["testserver"]
    began = monotonic()
    sync = _run(given.writes, given.writers, synchronous=True)
    print(_said("With a synchronous standby", sync), f"{monotonic() - began:.0f} s.", flush=True)
    control = _run(given.control_writes, given.writers, synchronous=False)
    print(_said("The control, with a standby that is not waited for", control), flush=True)
    if not control.lost:
        print("The control lost nothing, so this drill could not have seen a loss.")
    return 0 if sync.is_well and control.lost else 1


def _run(writes: int, writers: int, *, synchronous: bool) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        return drill(
            free_port(), writes=writes, writers=writers, synchronous=synchronous, folder=Path(folder)
        )


def _said(what: str, one: Outcome) -> str:
    return (
        f"{what}: {one.acknowledged} acknowledged, {one.before} of them before the primary died; {one.lost} lost,"
        f" {one.twice} twice, {one.partial} partial, {one.findings} findings in the evidence; of {one.sign_ins} who were"
        f" signed in or out {one.sign_ins_lost} are not so any more; {one.seconds_away:.1f} s until the next write."
    )


if __name__ == "__main__":
    sys.exit(main())
