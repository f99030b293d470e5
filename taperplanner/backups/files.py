"""Where a copy lies meanwhile, how a file is read, and how far it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from time import monotonic
from typing import Final

from .verified import Tell

AT_ONCE: Final = 1 << 20
PREFIX: Final = "taperplanner-backup-"
LOCK: Final = "lock"
SECONDS_BETWEEN_WORDS: Final = 2.0


@contextmanager
def work_folder(within: Path | None) -> Iterator[Path]:
    """For its owner alone, and gone with all that is in it after the block.

    A run that is killed leaves its own, and the next one here clears it away: nobody holds its lock any more.
    """
    parent = within or Path(gettempdir())
    _clear(parent)
    made = Path(mkdtemp(prefix=f".{PREFIX}", dir=parent))
    with (made / LOCK).open("w") as lock:
        flock(lock, LOCK_EX)
        # It has its name once it is locked, so that no other run takes it for one that was left.
        folder = made.rename(parent / made.name.removeprefix("."))
        try:
            yield folder
        finally:
            rmtree(folder)


def _clear(parent: Path) -> None:
    for left in parent.glob(f"{PREFIX}*"):
        if left.lstat().st_uid != os.geteuid() or not left.is_dir() or left.is_symlink():
            continue
        with suppress(OSError), (left / LOCK).open("r+") as lock:
            flock(lock, LOCK_EX | LOCK_NB)
            rmtree(left)


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
