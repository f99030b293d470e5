"""How long the migrations since the earliest release that is upgraded from take on a large database, each by itself:

    .venv/bin/python -m tests.upgrade_time --rows 1000000
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.upgrade_time --rows 1000000

The clinics of `tests/upgrade` are copied, patients and all that is theirs, until there are so many rows in all. The
database is a new one, and syncs to the disk as in use. Prints the rows of docs/upgrading.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")

ROOMS: Final = {"audit", "patients", "tapers", "monitoring", "handouts"}
SYNCED: Final = ("fsync", "synchronous_commit", "full_page_writes")
QUICKEST_NAMED: Final = 0.1  # of a second


def fill_clinics(rows: int) -> int:
    """How many rows there are. Their triggers stand as that release made them."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from taperplanner.append_only import drop_triggers

    from .multiplied import multiply
    from .upgrade.locks import big_tables
    from .upgrade.test_upgrade import demo, fill, run

    earlier = demo()
    fill(earlier)
    drop_triggers(connection)
    leaves = [(room, name) for room, name in earlier["leaves"]]
    models = MigrationExecutor(connection).loader.project_state(leaves).apps.get_models()
    big = big_tables()
    multiply(
        [one for one in models if one._meta.db_table in big and one._meta.app_label in ROOMS],
        max(1, rows // sum(len(table["rows"]) for table in earlier["rows"].values())),
    )
    for statement in earlier["triggers"][connection.vendor]:
        run(statement)
    return sum(model._base_manager.count() for model in models)


def timed_upgrade() -> tuple[dict[str, float], float, float]:
    """Seconds by migration; then of the triggers, and of the digest of all that was there."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from taperplanner.append_only import install_triggers
    from taperplanner.audit.genesis import begin_chains

    began: dict[str, float] = {}
    took: dict[str, float] = {}

    def note(action: str, migration: object = None, fake: object = None) -> None:
        if action == "apply_start":
            began[str(migration)] = perf_counter()
        elif action == "apply_success":
            took[str(migration)] = perf_counter() - began[str(migration)]

    executor = MigrationExecutor(connection, note)
    executor.migrate(executor.loader.graph.leaf_nodes())
    start = perf_counter()
    install_triggers(connection)
    triggers = perf_counter()
    begin_chains("default")
    return took, triggers - start, perf_counter() - triggers


@contextmanager
def synced() -> Iterator[None]:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in SYNCED:
                cursor.execute(f"ALTER SYSTEM SET {name} = on")
            cursor.execute("SELECT pg_reload_conf()")
    yield


def main(given: Sequence[str] | None = None) -> int:
    import django

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    asked = parser.parse_args(given)
    django.setup()
    from django.db import connection

    from .upgrade.test_upgrade import another_database

    with tempfile.TemporaryDirectory() as folder, synced(), another_database(Path(folder, "time.sqlite3")):
        rows = fill_clinics(asked.rows)
        took, triggers, chains = timed_upgrade()
    print(f"{connection.vendor}, {rows:,} rows\n\n| migration | seconds |\n| --- | ---: |")
    for name, seconds in took.items():
        if seconds >= QUICKEST_NAMED:
            print(f"| {name} | {seconds:.1f} |")
    quick = [seconds for seconds in took.values() if seconds < QUICKEST_NAMED]
    print(f"| {len(quick)} others, together | {sum(quick):.1f} |")
    print(f"| the triggers | {triggers:.1f} |\n| the digest of all that was there | {chains:.1f} |")
    print(f"| **in all** | **{sum(took.values()) + triggers + chains:.0f}** |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
