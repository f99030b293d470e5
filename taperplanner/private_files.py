"""Files that are there whole or not at all, and for their owner alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def opened_to_write(path: Path) -> Iterator[BinaryIO]:
    """A new file that is on the disk after the block."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
        # What is read back comes from the disk, where the machine allows it, and not from what was kept in memory.
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def put_in_place(beside: Path, to: Path) -> None:
    """Never over another file. Raises: FileExistsError."""
    os.link(beside, to)
    beside.unlink()
    _keep(to.parent)


def put_over(beside: Path, to: Path) -> None:
    """Over the file of the time before, which is there until this one is."""
    beside.replace(to)
    _keep(to.parent)


def _keep(folder: Path) -> None:
    """Which files it has is on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
