"""What was sent and what was acknowledged: the one side of the comparison, kept where no kill reaches it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

DRAFT, VERSION, CHECK_IN, DISPENSING, COPY = KINDS = (
    "draft",
    "version",
    "check-in",
    "dispensing",
    "copy",
)
LETTERS: Final = "bfgjkvwz"  # of which no abbreviation is made


@dataclass(frozen=True)
class Place:
    """A patient's plan, as its pages are addressed. `number`: of this test, from 0."""

    number: int
    patient: str
    plan: str

    @property
    def at(self) -> str:
        return f"/patients/{self.patient}/plans/1/"


@dataclass
class Write:
    """`mark`: what tells its row from every other of its kind in the plan."""

    kind: str
    place: Place
    mark: str
    is_acknowledged: bool = False


@dataclass
class Ledger:
    writes: list[Write] = field(default_factory=list)
    acknowledged: Counter[str] = field(default_factory=Counter)
    sent_again: int = 0
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sent(self, kind: str, place: Place, mark: str) -> Write:
        with self.lock:
            write = Write(kind, place, mark)
            self.writes.append(write)
            return write

    def acknowledge(self, write: Write) -> None:
        with self.lock:
            write.is_acknowledged = True
            self.acknowledged[write.kind] += 1

    def again(self) -> None:
        with self.lock:
            self.sent_again += 1

    def refuse(self, said: str) -> None:
        with self.lock:
            self.refused.append(said)

    @property
    def count(self) -> int:
        return sum(self.acknowledged.values())

    def of_places(self) -> Iterator[tuple[Place, list[Write]]]:
        """In the order in which they were sent, which in one place is one after the other."""
        by_place: dict[Place, list[Write]] = {}
        for write in self.writes:
            by_place.setdefault(write.place, []).append(write)
        yield from by_place.items()


def in_letters(number: int) -> str:
    """A figure in a note would be asked about."""
    word = ""
    while True:
        number, letter = divmod(number, len(LETTERS))
        word = LETTERS[letter] + word
        if not number:
            return f"mark {word}"
