"""The panels of pages that their reader can fold, by the names under which that is remembered."""

from __future__ import annotations

from enum import StrEnum


class Foldable(StrEnum):
    DESCRIPTION = "description"
    NOTES = "notes"
    VERSIONS = "versions"
