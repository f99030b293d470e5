"""Of reasons given once for many warnings, and of text for another system."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H53",
        "a warning that nobody ticked is not answered by the shared reason",
        "taperplanner/tapers/forms/signature.py",
        "elif problem not in ticked and not own and reason_of(problem) not in self.errors:",
        "elif False:",
        "tests/tapers/test_shared_reasons.py",
    ),
    Control(
        "H53",
        "a warning has one reason, not two",
        "taperplanner/tapers/forms/signature.py",
        "if problem in ticked and own:",
        "if False:",
        "tests/tapers/test_shared_reasons.py",
    ),
    Control(
        "H54",
        "a field that is too short for the text is said to be",
        "taperplanner/handouts/copies/views/text.py",
        "len(text) <= field",
        "True",
        "tests/handouts/test_order_text.py",
    ),
    Control(
        "H54",
        "the text for another system has every amount",
        "taperplanner/tapers/wording/order_text.py",
        "            if dose.time is time\n",
        "            if dose.time is time and dose.product == 1\n",
        "tests/handouts/test_order_text.py",
    ),
)
