"""When the clock differs too much from another one, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import models

from taperplanner.audit.order import how_long

# More than this is a difference. A signature's time is read to the minute, and no honest clock is so far off.
LIMIT: Final = timedelta(seconds=60)


class Source(models.TextChoices):
    """What the clock was compared with."""

    DATABASE = "database", "the database’s clock"
    EVENTS = "events", "the newest event of the audit log"
    JUMP = "jump", "itself, a moment before"
    TIME_SERVER = "time_server", "the time server’s clock"


@dataclass(frozen=True, slots=True)
class Difference:
    """`seconds`: how far the clock is ahead of the other, or jumped forward; below zero, behind or back."""

    source: Source
    seconds: int

    @property
    def sentence(self) -> str:
        far, is_ahead = how_long(abs(self.seconds)), self.seconds > 0
        if self.source == Source.JUMP:
            return f"The clock of this server jumped {'forward' if is_ahead else 'back'} by {far}."
        if self.source == Source.EVENTS:
            return f"The clock of this server stands {far} {'after' if is_ahead else 'before'} the newest event of the audit log."
        other = "database’s" if self.source == Source.DATABASE else "time server’s"
        return f"The clock of this server is {far} {'ahead of' if is_ahead else 'behind'} the {other}."

    def is_like(self, other: Difference) -> bool:
        """Whether it says nothing that the other has not said."""
        return (
            self.source == other.source
            and abs(self.seconds - other.seconds) <= LIMIT.total_seconds()
            and (self.seconds > 0) == (other.seconds > 0)
        )


def difference(source: Source, ahead: timedelta) -> Difference | None:
    """None where the two are near enough. A part of a second counts as a whole one."""
    if abs(ahead) <= LIMIT:
        return None
    seconds = -(-abs(ahead) // timedelta(seconds=1))
    return Difference(source, seconds if ahead > timedelta() else -seconds)
