"""A backup: copied, packed, opened again from what was written, and read whole. Only then it has its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings as project
from django.db import connection

from taperplanner.migrations_waiting import migrations_waiting
from taperplanner.private_files import put_in_place
from taperplanner.sealed import Damaged, Refused

from .files import digest_of, megabytes, work_folder
from .manifest import Manifest
from .packing import pack, unpack
from .vendors import vendor_now
from .verified import Tell, not_as_written, refuse_unfaithful

DOUBTFUL: Final = ".not-as-written"
NOT_READ: Final = "Migrations wait, so what was signed was not read back. Install the version that made the database, or migrate it."


@dataclass(frozen=True)
class Made:
    """`differs`: what in the database was not as it was written, before anybody copied it."""

    path: Path
    manifest: Manifest
    differs: tuple[str, ...]

    @property
    def in_words(self) -> str:
        key = next(iter(project.BACKUP_KEYS), None)
        sealed = f"encrypted with the key {key!r}" if key else "not encrypted, since BACKUP_KEYS has no key"
        return f"{self.path} is written: {self.manifest.in_words}, {megabytes(self.path.stat().st_size)}, {sealed}."


def file_name(at: datetime) -> str:
    return f"taperplanner-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"


def make_backup(*, to: Path, at: datetime, tell: Tell, work_in: Path | None, check_in: str | None) -> Made:
    """`to`: a folder, or a file that is not there. Raises: Refused, Damaged, OSError; then there is none."""
    path = to / file_name(at) if to.is_dir() else to
    if path.exists():
        raise Refused(f"{path} is there already, and no backup is written over another one.")
    vendor = vendor_now()
    with work_folder(path.parent) as folder_of_new:
        new = folder_of_new / "new"
        with work_folder(work_in) as folder:
            content, again = folder / "content", folder / "again"
            tell("Copying the database.")
            facts = vendor.copy_out(content, at, tell, check_in)
            manifest = Manifest.of(facts, made_at=at, sha256=digest_of(content), size=content.stat().st_size)
            tell("Writing.")
            pack(manifest, content, new, tell)
            content.unlink()
            tell("Opening again what was written.")
            differs = _read_back(new, again, manifest, tell, check_in)
        place = path.with_name(path.name + DOUBTFUL) if differs else path
        put_in_place(new, place)
    return Made(place, manifest, differs)


def _read_back(
    written: Path, content: Path, manifest: Manifest, tell: Tell, check_in: str | None
) -> tuple[str, ...]:
    """What differs in it from what was written once. Raises: Damaged where it is no copy of what was there."""
    if unpack(written, content, tell) != manifest:
        raise Damaged("What it says of itself is not what was written.")
    with vendor_now().opened(content, tell, check_in):
        refuse_unfaithful(manifest, tell)
        if migrations_waiting(connection):
            return (NOT_READ,)
        return tuple(not_as_written(tell))
