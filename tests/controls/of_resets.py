"""Of what one manager alone may not come to."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H76",
        "whoever asked for a reset does not approve it",
        "taperplanner/accounts/vouching.py",
        "    if by.pk == change.asked_by_id:",
        "    if False:",
        "tests/accounts/test_one_manager_alone.py -k each_way",
    ),
    Control(
        "H76",
        "nobody signs while their account is held",
        "taperplanner/tapers/actions/signing.py",
        "    if held := why_not_sign(by, at):",
        '    if held := "":',
        "tests/accounts/test_resets.py -k neither_signs",
    ),
    Control(
        "H76",
        "a manager of one manager's making has no word",
        "taperplanner/accounts/vouching.py",
        "    if not is_settled_manager(by, at):",
        "    if False:",
        "tests/accounts/test_one_manager_alone.py -k each_way",
    ),
)
