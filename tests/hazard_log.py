"""The rows of docs/hazards.md: each names a hazard, and the test of its control."""

from __future__ import annotations

import re
from typing import Final

from .house.law import TOP

LOG: Final = (TOP / "docs/hazards.md").read_text()
ROWS: Final[list[tuple[str, str, str]]] = re.findall(
    r"^\| (H\d+) \|.*\| `([^`]+)::([^`]+)` \|$", LOG, re.MULTILINE
)
