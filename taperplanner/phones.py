"""A phone number as somebody typed it, and as a phone dials it."""

from __future__ import annotations

import re
from typing import Final

_DIALLED: Final = re.compile(r"\+?[0-9][0-9 ().\-]*")  # up to a word such as "ext"


def dial_address(typed: str) -> str:
    """`tel:5550100`; empty where nothing can be dialled."""
    dialled = _DIALLED.search(typed)
    digits = re.sub(r"[^0-9+]", "", dialled[0]) if dialled else ""
    return f"tel:{digits}" if digits else ""
