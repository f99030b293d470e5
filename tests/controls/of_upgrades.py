"""Of an upgrade, and of the way back from one."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H94",
        "what would be dropped is counted before anything is undone",
        "taperplanner/audit/management/commands/migrate.py",
        "if lost := list(losses(connection, undone)):",
        "if lost := []:",
        "tests/upgrade/test_back.py",
    ),
    Control(
        "H94",
        "a column counts as a table does",
        "taperplanner/going_back.py",
        "    elif isinstance(operation, AddField):\n        name",
        "    elif isinstance(operation, CreateModel):\n        name",
        "tests/upgrade/test_back.py",
    ),
    Control(
        "H94",
        "after the way back no trigger names a column that is gone",
        "taperplanner/append_only.py",
        "_wanted(connection, as_it_stands=True)",
        "_wanted(connection)",
        "tests/upgrade/test_back.py",
    ),
)
