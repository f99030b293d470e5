"""Of the role that serves."""

from __future__ import annotations

from typing import Final

from .control import Control

RIGHTS: Final = "tests/cluster/test_rights.py"

CONTROLS: Final = (
    Control(
        "H92",
        "the application may only read and insert where rows never change",
        "taperplanner/catalogue/roles.py",
        "        if issubclass(model, InsertedOnce)",
        "        if False",
        f"{RIGHTS} -k its_model_says",
    ),
    Control(
        "H92",
        "a row that never changes is not locked, which needs the right to change it",
        "taperplanner/inserted_once.py",
        "    def select_for_update(self",
        "    def select_for_update_no_more(self",
        f"{RIGHTS} -k not_locked",
    ),
)
