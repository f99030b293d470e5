"""The panels of pages that their reader can fold, by the names under which that is remembered.

Notes are none: a new one of a colleague would stay hidden from whoever folded them at another patient.
"""

from __future__ import annotations

from enum import StrEnum


class Foldable(StrEnum):
    DESCRIPTION = "description"
    VERSIONS = "versions"
