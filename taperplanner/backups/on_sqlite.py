"""SQLite: its online backup, which copies what was committed and nothing half written.

A plain copy of the file while something writes is broken now and then: its pages are of different moments.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from taperplanner.private_files import opened_to_write, put_in_place
from taperplanner.sealed import Refused

from .files import Progress
from .manifest import Facts, facts_now
from .place import Settings, pointed_at, settings_now
from .verified import Tell

PAGES_AT_ONCE: Final = 1000
# After so many times that a write made it begin again, what is written waits until the copy is whole.
BEGINS: Final = 5
WAITS_FOR_SECONDS: Final = 60
BESIDE: Final = ("-journal", "-wal", "-shm")


class _BegunTooOften(Exception):
    pass


def copy_out(content: Path, at: datetime, tell: Tell, check_in: str | None) -> Facts:
    source = settings_now()["NAME"]
    if not Path(source).is_file():
        raise Refused(f"There is no database {source}.")
    with opened_to_write(content):
        pass
    with (
        closing(
            sqlite3.connect(f"{Path(source).resolve().as_uri()}?mode=rw", uri=True, timeout=WAITS_FOR_SECONDS)
        ) as live,
        closing(sqlite3.connect(content)) as copy,
    ):
        try:
            live.backup(copy, pages=PAGES_AT_ONCE, progress=_progress(tell, BEGINS))
        except _BegunTooOften:
            tell("It is written to all the time: now what is written waits until the copy is whole.")
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master")
            live.backup(copy, pages=PAGES_AT_ONCE, progress=_progress(tell, None))
    with pointed_at(settings_now() | {"NAME": str(content)}):
        return facts_now(at)


@contextmanager
def opened(content: Path, tell: Tell, check_in: str | None) -> Iterator[None]:
    """Within the block the database that was backed up is pointed at."""
    with pointed_at(settings_now() | {"NAME": str(content)}):
        yield


@contextmanager
def new_place(settings: Settings, folder: Path) -> Iterator[Path]:
    """Where to write what is restored. It is in place after the block, and gone if that ends in a refusal."""
    to = Path(settings["NAME"])
    _refuse_unless_free(to)
    beside = to.with_name(f"{to.name}.restoring")
    beside.unlink(missing_ok=True)
    try:
        yield beside
        _refuse_unless_free(to)
        if to.exists():
            to.unlink()
        try:
            put_in_place(beside, to)
        except FileExistsError as problem:
            raise Refused(f"{to} came to be meanwhile.") from problem
    finally:
        for name in (beside, *(beside.with_name(beside.name + end) for end in BESIDE)):
            with suppress(FileNotFoundError):
                name.unlink()


@contextmanager
def filled(settings: Settings, content: Path, folder: Path, tell: Tell) -> Iterator[None]:
    with pointed_at(settings | {"NAME": str(content)}):
        yield


def ownership(settings: Settings) -> str:
    return "Only the user who restored it may read the file: give it to the user that the server runs as."


def _refuse_unless_free(to: Path) -> None:
    if not to.parent.is_dir():
        raise Refused(f"There is no folder {to.parent}.")
    if to.exists() and (not to.is_file() or to.stat().st_size):
        raise Refused(f"{to} is there already. A restore goes into a new place.")
    for end in BESIDE:
        if to.with_name(to.name + end).exists():
            raise Refused(f"{to}{end} is there already, and would be taken for a part of what is restored.")


def _progress(tell: Tell, begins: int | None) -> Callable[[int, int, int], None]:
    said, last, left = Progress(tell, "Copying"), -1, begins

    def told(status: int, remaining: int, total: int) -> None:
        nonlocal last, left
        if left is not None and 0 <= last < remaining:  # somebody wrote: it goes from the first page again
            left -= 1
            if not left:
                raise _BegunTooOften
        last = remaining
        said.at(f"{total - remaining} of {total} pages")

    return told
