"""Looking at the clock: at start, each hour, each minute while something is wrong, and as soon as it jumps.

Each process has its own watch, in a thread of its own: no request waits for another clock. What it finds is kept in the
database, so that all processes say the same.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import Final

from django.db import DatabaseError, connection
from django.utils import timezone

from taperplanner.accounts.models import Clinic

from .actions import note_differences
from .comparing import Compared, compare
from .models import LONGEST_NAME
from .rule import LIMIT

logger = logging.getLogger(__name__)
HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
# How soon a jump is seen while nobody signs. Whoever signs asks for it.
TICK_SECONDS: Final = 10
NOT_COMPARED: Final = "The clock could not be compared: the database does not answer."


def since_boot() -> timedelta:
    """A clock that nobody sets. On Linux it also runs while the machine sleeps, which is no jump."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return timedelta(microseconds=time.clock_gettime_ns(clock) // 1000)


class Watch:
    def __init__(
        self, *, now: Callable[[], datetime] = timezone.now, steady: Callable[[], timedelta] = since_boot
    ) -> None:
        self._now, self._steady = now, steady
        self._looking = Lock()
        self._before: tuple[datetime, timedelta] | None = None
        self.last = Compared()

    def begin(self) -> None:
        """Once per process that serves. A command, which begins nothing, knows of no jump."""
        self.remember()
        Thread(target=self._go_on, name="clock", daemon=True).start()

    def remember(self) -> None:
        """From now on a jump is known."""
        self._before = self._now(), self._steady()

    def look(self) -> Compared:
        """Compare, and keep what differs with each clinic."""
        with self._looking:
            moment = self._now(), self._steady()
            compared = compare(self._jump(*moment))
            if compared.differences:
                for clinic in Clinic.objects.order_by("pk"):
                    note_differences(
                        clinic=clinic,
                        found=compared.differences,
                        server=socket.gethostname()[:LONGEST_NAME],
                        by=None,
                        at=self._now(),
                    )
            # Only now: what could not be kept is found again.
            self._before, self.last = self._before and moment, compared
        for sentence in compared.sentences:
            logger.error("%s", sentence)
        return compared

    def has_jumped(self) -> bool:
        """Since the last look. Asks nothing but this process's own clocks."""
        return abs(self._jump(self._now(), self._steady())) > LIMIT

    def _jump(self, now: datetime, steady: timedelta) -> timedelta:
        if self._before is None:
            return timedelta()
        then, steady_then = self._before
        return (now - then) - (steady - steady_then)

    def _go_on(self) -> None:
        while True:
            wait = self._looked()
            began = self._steady()
            while self._steady() - began < wait and not self.has_jumped():
                time.sleep(TICK_SECONDS)

    def _looked(self) -> timedelta:
        """How long until the next look."""
        try:
            return MINUTE if self.look().differences else HOUR
        except DatabaseError:
            logger.error(NOT_COMPARED)
            return MINUTE
        except Exception as problem:
            # Whatever it is: a thread that ended would look like a clock that agrees.
            logger.error("The clock could not be compared: %s.", type(problem).__name__)
            return MINUTE
        finally:
            connection.close()


WATCH: Final = Watch()
