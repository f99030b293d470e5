"""The longer proof, which CI does not run:

    .venv/bin/python -m tests.backups [--rounds 30] [--flips 2000]
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.backups

In each round somebody writes all the time while a backup is made; it is restored into a new place and read whole there.
On SQLite a plain copy is made as well, and how many of those are broken is said. Then a byte of the last backup is
changed at random, each time at another place, and each must be found. Ends with 1 if anything is otherwise.
"""

from __future__ import annotations

import io
import os
import sqlite3
import sys
import tempfile
import threading
import warnings
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from random import Random
from time import monotonic

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")
django.setup()

from django.conf import settings as project  # noqa: E402 - after the set-up
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from taperplanner.audit.models import Event  # noqa: E402
from taperplanner.backups.place import Settings, pointed_at, settings_of  # noqa: E402
from taperplanner.backups.restoring import restore  # noqa: E402
from taperplanner.sealed import Refused  # noqa: E402

from .clinic import KEY, fill_and_print, filled_database, is_server, new_place, programs  # noqa: E402
from .load import plain_copy, written_to  # noqa: E402


def one_round(settings: Settings, folder: Path, number: int) -> tuple[Path, int, bool]:
    """The backup, how many events were written meanwhile, and whether a plain copy was broken."""
    backup, is_broken = folder / f"{number}.backup", False
    with written_to(settings, pause=0) as load:
        before = load.count
        call_command("backup", str(backup), stdout=io.StringIO(), verbosity=0)
        after = load.count
        if not is_server():
            is_broken = _is_broken_copy(Path(settings["NAME"]), folder / "plain.sqlite3")
    with new_place(folder) as address:
        call_command("restore", str(backup), to=address, stdout=io.StringIO(), verbosity=0)
        with pointed_at(settings_of(address)):
            held = Event.objects.filter(action="a.done").count()
        with pointed_at(settings):
            total = Event.objects.filter(action="a.done").count()
        if not total - load.count + before <= held <= total:
            raise SystemExit(f"Round {number}: {held} events are restored, of {total}.")
    return backup, after - before, is_broken


def _is_broken_copy(source: Path, copy: Path) -> bool:
    plain_copy(source, copy, threading.Event())
    try:
        with closing(sqlite3.connect(copy)) as opened:
            return bool(opened.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",))
    except sqlite3.DatabaseError:
        return True


def missed_flips(backup: Path, folder: Path, count: int) -> int:
    content, random, missed = backup.read_bytes(), Random(20260302), 0
    damaged = folder / "damaged.backup"
    for _ in range(count):
        at, bit = random.randrange(len(content)), 1 << random.randrange(8)
        damaged.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
        with new_place(folder) as address:
            try:
                restore(backup=damaged, to=address, tell=lambda _: None, work_in=folder)
                missed += 1
            except Refused:
                pass
    return missed


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.backups")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--flips", type=int, default=2000)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    project.BACKUP_KEYS, project.POSTGRESQL_PROGRAMS = KEY, programs()
    with tempfile.TemporaryDirectory() as name, filled_database(Path(name)) as settings:
        folder, began = Path(name), monotonic()
        fill_and_print(timezone.now())
        rounds = [one_round(settings, folder, number) for number in range(given.rounds)]
        written, broken = sum(count for _, count, _ in rounds), sum(is_broken for *_, is_broken in rounds)
        print(
            f"{given.rounds} backups were made while {written} events were written; each was restored and is whole."
        )
        if not is_server():
            print(f"Of as many plain copies of the file {broken} were broken.")
        missed = missed_flips(rounds[-1][0], folder, given.flips)
        print(
            f"{given.flips - missed} of {given.flips} changed bytes were found; {monotonic() - began:.0f} s."
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
