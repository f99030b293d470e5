"""One difference between the database and the models, in a plain sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What differs: also the id of the check's message."""

    TABLE = "append_only.E002"
    COLUMN = "append_only.E003"
    CONSTRAINT = "append_only.E004"
    ACTS = "append_only.E005"  # something of somebody else's acts on the rows
    SETTING = "append_only.E006"


WHAT_TO_DO: Final = {
    Kind.TABLE: "Find out who changed it, stop writing, and put the table back from a backup that was checked.",
    Kind.COLUMN: (
        "Find out who changed it, and compare the rows with a backup: no trigger runs when a column is made anew."
    ),
    Kind.CONSTRAINT: "Find out who changed it, put back what the product made, and take away what it did not make.",
    Kind.ACTS: "Find out who made it, take it away, and compare the rows with a backup from before.",
    Kind.SETTING: "Find out who set it, and reset it for the role, the database and the server.",
}


@dataclass(frozen=True)
class Difference:
    kind: Kind
    says: str


def between(
    kind: Kind, what: str, table: str, wanted: Counter[str], found: Counter[str]
) -> Iterator[Difference]:
    """What should be there and is not, and what is there and should not."""
    for text in sorted((wanted - found).elements()):
        yield Difference(kind, f"The table {table} lacks {what} that the product made: {text}")
    for text in sorted((found - wanted).elements()):
        yield Difference(kind, f"The table {table} has {what} that the product did not make: {text}")
