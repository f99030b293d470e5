"""Papers are set a few at a time in a process, and whoever waits for one has a place in a line that is fair and short.

A paper takes a core for seconds: 24 previews that were asked for at once kept everybody waiting for 88 seconds. Those who
are in the line are fewer than the threads of a server, so that other pages are answered meanwhile; one person has a few
places, and whoever has the fewest papers being set is served first. A command, which asks for nobody, waits its turn.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Condition
from typing import Final

from django.conf import settings

OF_ONE: Final = 3  # papers of one person in a process, being set or waiting
WAITING: Final = 4  # papers that wait in a process, of all
WAITS: Final = 20.0  # seconds
YOURS: Final = "{count} papers are being made for you already. Wait until one of them is shown, then ask for this one again."
MANY: Final = "Many papers are being made just now. Wait a few seconds, then ask for this one again."

asker: Final[ContextVar[str]] = ContextVar("asker", default="")


class TooManyPapers(Exception):
    """The message is a sentence for the page. Nothing was set."""


class Line:
    def __init__(
        self, *, at_once: int, waiting: int = WAITING, of_one: int = OF_ONE, waits: float = WAITS
    ) -> None:
        self._at_once, self._most, self._of_one, self._waits = at_once, at_once + waiting, of_one, waits
        self._changed = Condition()
        self._waiting: list[_Ticket] = []
        self._set: list[_Ticket] = []

    @contextmanager
    def turn(self, who: str) -> Iterator[None]:
        """Around the setting of one paper. `who`: nobody is told to come back. Raises: TooManyPapers."""
        ticket = _Ticket(who)
        with self._changed:
            self._refuse_beyond(who)
            self._wait(ticket)
            self._set.append(ticket)
        try:
            yield
        finally:
            with self._changed:
                self._set.remove(ticket)
                self._changed.notify_all()

    def _refuse_beyond(self, who: str) -> None:
        if not who:
            return
        if (own := self._in_line(who)) >= self._of_one:
            raise TooManyPapers(YOURS.format(count=own))
        if len(self._waiting) + len(self._set) >= self._most:
            raise TooManyPapers(MANY)

    def _wait(self, ticket: _Ticket) -> None:
        self._waiting.append(ticket)
        try:
            waits = self._waits if ticket.who else None
            if not self._changed.wait_for(lambda: self._is_next(ticket), timeout=waits):
                raise TooManyPapers(MANY)
        finally:
            self._waiting.remove(ticket)
            self._changed.notify_all()

    def _is_next(self, ticket: _Ticket) -> bool:
        """`min` takes the first of those alike, who came first."""
        if len(self._set) >= self._at_once:
            return False
        return ticket is min(self._waiting, key=lambda one: sum(other.who == one.who for other in self._set))

    def _in_line(self, who: str) -> int:
        return sum(ticket.who == who for ticket in (*self._waiting, *self._set))


class _Ticket:
    def __init__(self, who: str) -> None:
        self.who = who


@functools.cache
def line() -> Line:
    """Of this process."""
    return Line(at_once=settings.PAPERS_AT_ONCE)
