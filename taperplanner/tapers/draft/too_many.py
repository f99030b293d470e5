"""A draft of more steps than a schedule may have is refused as it is typed, and what was typed stays with its author.

9,500 rows that were pasted made a page of 33 MB. A draft that holds more already (a revision of two long versions)
may be saved as it is or shorter.
"""

from __future__ import annotations

import re
from typing import Any, Final

from taperplanner.saving import Refused

from .typed import TypedDraft, TypedStep

MOST_STEPS: Final = 400
# A page of more rows than these is not made: their text is shown instead.
MOST_ROWS_SHOWN: Final = 2 * MOST_STEPS
NO_MORE: Final = f"No step was added: a schedule has at most {MOST_STEPS} steps."
_ADDS: Final = re.compile(r"add|put-back|insert-[0-9]+")
_BREAKS: Final = re.compile(r"[\t\n]+")


class TooManySteps(Refused):
    """`typed`: what was not saved."""

    def __init__(self, typed: TypedDraft) -> None:
        self.typed = typed
        super().__init__(
            f"A schedule has at most {MOST_STEPS} steps; this one has {len(typed.steps):,}. Remove rows until it has"
            f" {MOST_STEPS}."
        )


def refuse_too_many(typed: TypedDraft, stored: dict[str, Any]) -> None:
    """`stored`: the content of the draft before. Raises: TooManySteps."""
    if len(typed.steps) > max(MOST_STEPS, len(stored.get("steps", ()))):
        raise TooManySteps(typed)


def adds_beyond(button: str, typed: TypedDraft) -> bool:
    return len(typed.steps) >= MOST_STEPS and bool(_ADDS.fullmatch(button))


def is_beyond_a_page(typed: TypedDraft) -> bool:
    return len(typed.steps) > MOST_ROWS_SHOWN


def as_sheet(typed: TypedDraft) -> str:
    """Each cell of each step as it was typed, a line for each, to be copied into a spreadsheet. Columns that nobody used are
    left out, and a pattern's other days stand at the end of their step's line."""
    keys = sorted({key for step in typed.steps for key in step.quantities})
    heads = ["days", "dose", *keys, "note", "sheet_first", "sheet_last"]
    lines = [_cells(step, keys) for step in typed.steps]
    used = [at for at in range(len(heads)) if any(line[at].strip() for line in lines)]
    further = [[text for day in step.pattern.further for text in day.texts] for step in typed.steps]
    rows = [[line[at] for at in used] + more for line, more in zip(lines, further, strict=True)]
    return "\n".join(
        "\t".join(_BREAKS.sub(" ", cell) for cell in row) for row in [[heads[at] for at in used], *rows]
    )


def _cells(step: TypedStep, keys: list[str]) -> list[str]:
    quantities = [step.quantities.get(key, "") for key in keys]
    return [step.days, step.dose, *quantities, step.note, step.sheet_first, step.sheet_last]
