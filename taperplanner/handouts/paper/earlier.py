"""What holds while a version waits for its first day: no paper of the waiting one may forget it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.tapers.schedule.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Earlier:
    """The version in force. `last_day`: the last one it answers for; `next_number`: the version that takes over then."""

    number: int
    schedule: Schedule
    last_day: date
    next_number: int
