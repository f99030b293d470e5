"""How each kind of database is copied, opened and put into a new place."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast

from django.db import connection

from . import on_postgresql, on_sqlite
from .manifest import Facts
from .place import Settings
from .verified import Tell


class Vendor(Protocol):
    def copy_out(self, content: Path, at: datetime, tell: Tell, check_in: str | None) -> Facts: ...

    def opened(self, content: Path, tell: Tell, check_in: str | None) -> AbstractContextManager[None]: ...

    def new_place(self, settings: Settings, folder: Path) -> AbstractContextManager[Path]: ...

    def filled(
        self, settings: Settings, content: Path, folder: Path, tell: Tell
    ) -> AbstractContextManager[None]: ...

    def ownership(self, settings: Settings) -> str: ...


def vendor_now() -> Vendor:
    return cast("Vendor", on_postgresql if connection.vendor == "postgresql" else on_sqlite)
