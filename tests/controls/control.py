"""One control, and how it is taken out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Control:
    """`text` stands once in `file`; `broken` is what it becomes."""

    hazard: str
    what: str
    file: str
    text: str
    broken: str
    tests: str
