"""Somebody who writes all the time while a backup is made, and a copy that is made as it must not be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.utils import timezone

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import record
from taperplanner.backups.place import Settings, pointed_at

PIECE = 64 * 1024


@dataclass
class Load:
    """`count`: how many events were written and acknowledged so far."""

    count: int = 0
    problems: list[BaseException] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)
    has_begun: threading.Event = field(default_factory=threading.Event)


@contextmanager
def written_to(settings: Settings, pause: float = 0.002) -> Iterator[Load]:
    """Within the block a thread writes events of every clinic, as fast as it may."""
    load = Load()

    def write() -> None:
        try:
            with pointed_at(settings):
                people = [
                    User.objects.filter(clinic=clinic).earliest("pk") for clinic in Clinic.objects.all()
                ]
                while not load.is_over.wait(pause):
                    record(
                        "a.done", by=people[load.count % len(people)], at=timezone.now(), subject="x" * 200
                    )
                    load.count += 1
                    load.has_begun.set()
        except BaseException as problem:
            load.problems.append(problem)
            load.has_begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    load.has_begun.wait(30)
    try:
        yield load
    finally:
        load.is_over.set()
        writer.join(60)
    assert load.problems == []


def plain_copy(source: Path, to: Path, between: threading.Event) -> None:
    """A file is copied piece by piece, and `between` the pieces somebody may write."""
    with source.open("rb") as file, to.open("wb") as copy:
        while piece := file.read(PIECE):
            copy.write(piece)
            between.wait(0.001)


def torn_copy(source: Path, to: Path) -> None:
    """The one half of the file of one moment, the other of a later one: what a plain copy now and then comes to."""
    first = source.read_bytes()
    half = len(first) // 2 // 4096 * 4096
    user = User.objects.earliest("pk")
    for _ in range(400):
        record("a.done", by=user, at=timezone.now(), subject="y" * 200)
    connection.close()
    to.write_bytes(first[:half] + source.read_bytes()[half:])
