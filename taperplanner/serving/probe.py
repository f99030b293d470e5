"""A question about the server that is never asked twice at once, and whose asker never waits for long."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from typing import Final

LONGEST_WAIT: Final = 0.9  # a probe gives up after a second
TOO_SLOW: Final = ("The database does not answer within a second.",)


class Probe:
    """`ask`: the sentences of what is wrong, asked in a thread of its own, which may hang for as long as it likes.

    An answer is kept for `keeps` seconds, so that no number of probes puts work on the database.
    """

    def __init__(self, ask: Callable[[], Sequence[str]], *, keeps: float) -> None:
        self._ask, self._keeps = ask, keeps
        self._lock = Lock()
        self._asking: Event | None = None
        self._wrong: Sequence[str] = ()
        self._known_until = 0.0

    def wrong(self) -> Sequence[str]:
        with self._lock:
            if time.monotonic() < self._known_until:
                return self._wrong
            if self._asking is None:
                self._asking = Event()
                Thread(target=self._find_out, args=(self._asking,), daemon=True).start()
            asking = self._asking
        return self._wrong if asking.wait(LONGEST_WAIT) else TOO_SLOW

    def forget(self) -> None:
        self._known_until = 0.0

    def _find_out(self, asking: Event) -> None:
        wrong: Sequence[str] = TOO_SLOW
        try:
            wrong = self._ask()
        finally:
            with self._lock:
                self._wrong, self._known_until = wrong, time.monotonic() + self._keeps
                self._asking = None
            asking.set()
