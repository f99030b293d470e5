"""Of what is on the disk before it is acknowledged, and of trouble under a real server."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H90",
        "a commit waits for the journal's removal to be on the disk",
        "taperplanner/settings.py",
        "PRAGMA synchronous=EXTRA;",
        "PRAGMA synchronous=FULL;",
        "tests/serving/test_durability.py",
    ),
    Control(
        "H90",
        "nothing is served from a database that does not wait for its disk",
        "taperplanner/serving/ready.py",
        "include_deployment_checks=True, databases",
        "databases",
        "tests/serving/test_durability.py -k serve",
    ),
    Control(
        "H90",
        "a SQLite that leaves the folder to the kernel is named",
        "taperplanner/serving/durability.py",
        " or synchronous < EXTRA:",
        ":",
        "tests/serving/test_durability.py",
    ),
    Control(
        "H91",
        "a full disk is called by its name",
        "taperplanner/no_room.py",
        "    sqlite3.SQLITE_FULL: FULL,\n",
        "",
        "tests/crash/test_trouble.py",
    ),
)
