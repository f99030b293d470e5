"""Lines that could be taken out, once, without any test turning red."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H19",
        "a copy of a version that was tampered with is held back from its batch",
        "taperplanner/handouts/copies/files.py",
        "        return TAMPERED",
        '        return ""',
        "tests/handouts/test_batches.py",
    ),
    Control(
        "H20",
        "what somebody typed after the signature is not counted against their check",
        "taperplanner/tapers/signed/second_check.py",
        "        at__lte=version.signed_at,\n",
        "",
        "tests/tapers/test_checks.py",
    ),
    Control(
        "H19",
        "a last day that its steps do not give is found",
        "taperplanner/tapers/signed/content.py",
        "is_whole = bool(content.schedule.steps) and content.schedule.last_day == version.last_day",
        "is_whole = True",
        "tests/tapers/test_signed.py",
    ),
    Control(
        "H12",
        "a percentage is said to the nearest, a half upwards",
        "taperplanner/tapers/schedule/changes.py",
        "    if rest * 2 >= whole and rest:",
        "    if rest * 2 > whole and rest:",
        "tests/tapers/test_schedule.py",
    ),
)
