"""Where a copy lies meanwhile, how a file is read, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from .verified import Tell

AT_ONCE: Final = 1 << 20
SECONDS_BETWEEN_WORDS: Final = 2.0


@contextmanager
def work_folder(within: Path | None) -> Iterator[Path]:
    """For its owner alone, and gone with all that is in it after the block."""
    with TemporaryDirectory(prefix="taperplanner-backup-", dir=within) as folder:
        yield Path(folder)


def parts_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(AT_ONCE):
            yield part


def digest_of(path: Path) -> str:
    digest = sha256()
    for part in parts_of(path):
        digest.update(part)
    return digest.hexdigest()


class Progress:
    """Says how far something is, now and then."""

    def __init__(self, tell: Tell, what: str) -> None:
        self._tell, self._what, self._next = tell, what, monotonic() + SECONDS_BETWEEN_WORDS

    def at(self, done: str) -> None:
        if monotonic() >= self._next:
            self._tell(f"{self._what}: {done}.")
            self._next = monotonic() + SECONDS_BETWEEN_WORDS


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
