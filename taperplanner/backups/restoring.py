"""A backup is put into a place where nothing is, read whole there, and otherwise nothing of it is left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from taperplanner.migrations_waiting import migrations_waiting
from taperplanner.sealed import Refused

from .files import work_folder
from .manifest import Manifest
from .packing import manifest_of, refuse_without_key, unpack
from .place import settings_of
from .vendors import vendor_now
from .verified import Tell, not_as_written, refuse_unfaithful


@dataclass(frozen=True)
class Restored:
    """`differs`: what is not as it was written, if whoever restored it wanted it all the same."""

    manifest: Manifest
    differs: tuple[str, ...]
    is_older: bool
    ownership: str


def restore(
    *,
    backup: Path,
    to: str,
    tell: Tell,
    work_in: Path | None,
    not_encrypted: bool = False,
    even_if_not_as_written: bool = False,
) -> Restored:
    """`to`: written like DATABASE_URL. Raises: Refused, Damaged, OSError; then nothing is left in the new place."""
    if not not_encrypted:
        refuse_without_key(backup)
    manifest_of(backup).refuse_unless_known()
    settings, vendor = settings_of(to), vendor_now()
    with work_folder(work_in) as folder, vendor.new_place(settings, folder) as content:
        tell("Reading the backup.")
        manifest = unpack(backup, content, tell)
        tell("Restoring.")
        with vendor.filled(settings, content, folder, tell):
            refuse_unfaithful(manifest, tell)
            is_older = bool(migrations_waiting(connection))
            differs = () if is_older else tuple(not_as_written(tell))
            if differs and not even_if_not_as_written:
                raise Refused(
                    f"{len(differs)} things in it are not as they were written. The first: {differs[0]} If it is the"
                    " best that there is, restore it with --even-if-not-as-written, and find out who had write access."
                )
    return Restored(manifest, differs, is_older, vendor.ownership(settings))
