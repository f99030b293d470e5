"""An event that is dated before the one that was written before it: the clock was set back, or it was begun long before.

The order of a chain is that of its numbers, and no time changes it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Up to this a request may have taken, and the clocks of two servers may differ.
UNSAID: Final = timedelta(seconds=60)
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


def how_far_back(at: datetime, before: datetime | None) -> str:
    """In words, where an event is dated so far before the one before it that it is said; else empty."""
    if before is None or before - at <= UNSAID:
        return ""
    return how_long(-((at - before) // timedelta(seconds=1)))


def how_long(seconds: int) -> str:
    """In the unit that says it best: "61 seconds", "2 minutes", "3 hours", "40 days"."""
    for unit, length in (("day", _DAY), ("hour", _HOUR), ("minute", _MINUTE)):
        if seconds >= 2 * length:
            return f"{(seconds + length // 2) // length} {unit}s"
    return f"{seconds} seconds"
