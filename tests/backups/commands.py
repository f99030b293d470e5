"""The two commands as they are given, and what they say."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.core.management import call_command

from taperplanner.backups.place import settings_now, settings_of

from .clinic import as_operator, is_server


def backup_to(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("backup", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def restore_to(place: str, path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("restore", str(path), to=place, stdout=out, stderr=out, **options)
    return out.getvalue()


def is_nothing_at(place: str) -> bool:
    settings = settings_of(place)
    if is_server():  # a copy of another process's database may be on its way meanwhile
        own = settings_now()["NAME"]
        return not as_operator(
            settings,
            f"SELECT 1 FROM pg_database WHERE datname = '{settings['NAME']}' OR datname LIKE '{own}\\_check\\_%'",
        )
    path = Path(settings["NAME"])
    return [entry.name for entry in path.parent.iterdir() if entry.name.startswith(path.name)] == []
