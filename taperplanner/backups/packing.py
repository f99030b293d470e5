"""A manifest and the content that it is of, in one sealed file; and both taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings as project

from taperplanner.private_files import opened_to_write
from taperplanner.sealed import Damaged, Refused, Sealed, first_of, key_name, read, write

from .files import Progress, megabytes, parts_of
from .manifest import Manifest
from .verified import Tell

LENGTH: Final = 8
LONGEST_MANIFEST: Final = 1 << 28


def pack(manifest: Manifest, content: Path, to: Path, tell: Tell) -> None:
    """With the first of BACKUP_KEYS, if there is one. Raises: Refused, OSError."""
    key = first_of(project.BACKUP_KEYS)
    with opened_to_write(to) as file:
        write(file, _stream(manifest, content, tell), key, of=Sealed.BACKUP)


def manifest_of(path: Path) -> Manifest:
    """Raises: Damaged, Refused, OSError."""
    with path.open("rb") as file:
        return _manifest(read(file, project.BACKUP_KEYS, of=Sealed.BACKUP))[0]


def refuse_without_key(path: Path) -> None:
    """Where keys are kept, a backup without one may be somebody's own. Raises: Damaged, Refused, OSError."""
    with path.open("rb") as file:
        if project.BACKUP_KEYS and key_name(file, of=Sealed.BACKUP) is None:
            raise Refused(
                "It is not encrypted, and BACKUP_KEYS has a key: anybody could have made it. If it is from before the"
                " key, say --not-encrypted."
            )


def unpack(path: Path, content: Path, tell: Tell) -> Manifest:
    """Raises: Damaged, Refused, OSError."""
    progress, digest, size = Progress(tell, "Reading it back"), sha256(), 0
    with path.open("rb") as file, opened_to_write(content) as out:
        manifest, parts = _manifest(read(file, project.BACKUP_KEYS, of=Sealed.BACKUP))
        for part in parts:
            digest.update(part)
            out.write(part)
            size += len(part)
            progress.at(f"{megabytes(size)} of {megabytes(manifest.size)}")
    if (digest.hexdigest(), size) != (manifest.sha256, manifest.size):
        raise Damaged("Its content is not the one whose SHA-256 it says.")
    return manifest


def _stream(manifest: Manifest, content: Path, tell: Tell) -> Iterator[bytes]:
    text = manifest.written
    yield len(text).to_bytes(LENGTH, "big") + text
    progress, done = Progress(tell, "Writing"), 0
    for part in parts_of(content):
        yield part
        done += len(part)
        progress.at(f"{megabytes(done)} of {megabytes(manifest.size)}")


def _manifest(parts: Iterator[bytes]) -> tuple[Manifest, Iterator[bytes]]:
    """And what follows it."""
    begun = bytearray(next(parts, b""))
    length = int.from_bytes(begun[:LENGTH], "big")
    if length > LONGEST_MANIFEST:
        raise Damaged("What the backup says of itself cannot be read.")
    while len(begun) < LENGTH + length:
        begun += next(parts, b"") or _end()
    return Manifest.read(bytes(begun[LENGTH : LENGTH + length])), _rest(
        bytes(begun[LENGTH + length :]), parts
    )


def _rest(first: bytes, parts: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from parts


def _end() -> bytes:
    raise Damaged("What the backup says of itself is cut short.")
