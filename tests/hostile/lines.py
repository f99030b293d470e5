"""Bytes sent to a server as they are, what comes back, and what must be true of it."""

from __future__ import annotations

import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

from .bodies import CANARY, Case

SLOWEST: Final = 5.0  # seconds
HEALTHY: Final = 1.0
# What an answer is followed by is read for as long as this.
FOLLOWED: Final = 0.2
STATUS: Final = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
TRACEBACK: Final = b"Traceback (most recent call last)"


@dataclass(frozen=True)
class Answer:
    content: bytes
    is_closed: bool
    took: float

    @property
    def statuses(self) -> list[int]:
        return [int(status) for status in STATUS.findall(self.content)]


def ask(port: int, case: Case, longest: float = SLOWEST) -> Answer:
    began, over = time.monotonic(), Event()
    content, is_closed, took = b"", False, longest
    with closing(socket.create_connection(("127.0.0.1", port))) as line:
        sender = Thread(target=_send, args=(line.dup(), case, over), daemon=True)
        sender.start()
        line.settimeout(longest)
        with suppress(TimeoutError):
            while not is_closed:
                try:
                    part = line.recv(65536)
                except ConnectionError:
                    part = b""
                took = took if content else time.monotonic() - began
                content, is_closed = content + part, not part
                line.settimeout(FOLLOWED)
        over.set()
    return Answer(content, is_closed, took)


def _send(line: socket.socket, case: Case, over: Event) -> None:
    with closing(line), suppress(OSError):
        line.settimeout(SLOWEST)
        line.sendall(case.sent)
        if case.is_cut:
            line.shutdown(socket.SHUT_WR)
        while case.goes_on and not over.wait(0.02):
            line.sendall(case.goes_on)


def of_line(answer: Answer, case: Case) -> Iterator[str]:
    if not answer.statuses and not answer.is_closed:
        yield f"nothing within {SLOWEST:.0f} s"
    if len(answer.statuses) > 1:
        yield f"one request had {len(answer.statuses)} answers"
    for status in answer.statuses:
        if not 400 <= status < 500 and status not in case.answers:
            yield f"answered {status}"
    if TRACEBACK in answer.content:
        yield "shows a traceback"
    if b"/etc/passwd" in answer.content or b"root:x:" in answer.content:
        yield "shows a file"


def of_served_log(text: str) -> Iterator[str]:
    if CANARY in text:
        yield "what was typed stands in the log"
    if TRACEBACK.decode() in text:
        yield "a traceback stands in the log"


def rows_of(database: Path) -> set[str]:
    """Every row of the database, as a statement."""
    with closing(sqlite3.connect(database)) as connection:
        return {row for row in connection.iterdump() if row.startswith("INSERT")}
