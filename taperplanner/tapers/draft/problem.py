"""One problem of a draft, and the context in which a draft is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

DIGEST: Final = 12
MISREAD: Final = "misread"
OTHER_PLAN: Final = "other-plan"


class Severity(StrEnum):
    BLOCKER = "blocker"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`cell`: the name of the input to go to; empty where the remedy is on another page.

    `others`: further inputs that it concerns. `product`: the number of the product whose problem it is. `is_marked`: its
    inputs are marked in the table although it does not prevent signing.
    """

    code: str
    sentence: str
    severity: Severity = Severity.BLOCKER
    step: int | None = None
    cell: str = ""
    others: tuple[str, ...] = ()
    product: int | None = None
    is_marked: bool = False

    @property
    def cells(self) -> str:
        """The names of all inputs that it concerns, separated by spaces."""
        return " ".join([self.cell, *self.others])

    @property
    def marked_cells(self) -> str:
        return self.cells if self.is_blocker or self.is_marked else ""

    @property
    def place(self) -> str:
        return f"{self.code}-{self.step}" if self.step else self.code

    @property
    def key(self) -> str:
        """By which a warning finds its reason. Another sentence gives another key, so that it is asked about again."""
        return f"{self.place}-{sha256(self.sentence.encode()).hexdigest()[:DIGEST]}"

    @property
    def safe_spelling_row(self) -> str:
        """The index of the row whose note has one safe spelling to accept; empty for other problems."""
        return str(self.step - 1) if self.code == MISREAD and self.step else ""

    @property
    def is_read_back(self) -> bool:
        """Nothing of the draft is asked about: what another plan says is read, and that it was read is ticked."""
        return self.code == OTHER_PLAN

    @property
    def is_blocker(self) -> bool:
        return self.severity is Severity.BLOCKER


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the checks need to know besides the draft itself."""

    today: date
    clinic_phone: str
    after_hours_phone: str
    gaps: Sequence[str]
    is_archived: bool = False
    retired: frozenset[int] = frozenset()
    reason: str = ""
    explanation: str = ""
    description: str = ""
