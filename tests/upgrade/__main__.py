"""Each migration undone and made again, one by one, on three populated databases:

    .venv/bin/python -m tests.upgrade
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.upgrade

The demo of an earlier release, upgraded; the demo of today; a clinic with a row in every table that never changes. Says what was undone and why the rest was refused, upgrades again, and compares every row, every signed version, the
audit, the triggers and the tables. Ends with 1 for a difference.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")


def of_earlier() -> None:
    from django.core.management import call_command

    from .test_upgrade import demo, fill

    fill(demo())
    call_command("migrate", verbosity=0)


def of_today() -> None:
    from django.core.management import call_command

    call_command("demo", prepare_only=True)


def with_a_row_in_every_table() -> None:
    from django.core.management import call_command
    from django.db import transaction

    from ..world.tampering import signed_with_a_row_in_every_table
    from ..world.universe import build

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        signed_with_a_row_in_every_table(build())


def there_and_back() -> list[str]:
    """What is not as it was."""
    from django.core.management import call_command
    from django.db import connection

    from .back import all_rows, undo_all, what_is_wrong
    from .test_upgrade import demo

    began, rows = perf_counter(), all_rows()
    print(f"{connection.vendor}: {sum(map(len, rows.values())):,} rows in {len(rows)} tables")
    undone, refused = undo_all([(room, name) for room, name in demo()["leaves"]])
    for name in undone:
        print(f"  undone   {name}")
    for name, reason in sorted(refused.items()):
        print(
            f"  refused  {name}",
            *(line for line in reason.splitlines() if line.startswith("  ")),
            sep="\n         ",
        )
    call_command("migrate", verbosity=0)
    after = all_rows()
    wrong = [
        f"{table} is not as it was"
        for table in sorted({*rows, *after})
        if rows.get(table) != after.get(table)
    ]
    wrong += what_is_wrong()
    print(f"  {len(undone)} undone and made again, {len(refused)} refused, {perf_counter() - began:.0f} s")
    return wrong


def main() -> int:
    import django

    django.setup()
    from .test_upgrade import another_database

    wrong = []
    for fill in (of_earlier, of_today, with_a_row_in_every_table):
        with tempfile.TemporaryDirectory() as folder, another_database(Path(folder, "back.sqlite3")):
            fill()
            wrong += there_and_back()
    print("\n".join(wrong) or "Every row is as it was.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
