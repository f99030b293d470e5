"""Where each line of a reference document stands: in which entries, or left out and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from .entries import Document, Entry, LeftOut, lines_in_words


@dataclass(frozen=True, slots=True)
class DocumentLine:
    number: int
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_nowhere(self) -> bool:
        return not (self.entries or self.left_out)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours that stand in the same places, as one row of a page."""

    lines_line: str
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]


def lines_of(document: Document, entries: Iterable[Entry]) -> tuple[DocumentLine, ...]:
    """One for each line, from the first to the last. `entries` may be those of other drugs too."""
    ours = [entry for entry in entries if entry.drug == document.drug]
    return tuple(
        DocumentLine(
            number,
            entries=tuple(entry for entry in ours if number in entry.lines),
            left_out=tuple(each for each in document.left_out if number in each.lines),
        )
        for number in range(1, document.lines + 1)
    )


def runs(lines: Iterable[DocumentLine]) -> list[Run]:
    return [
        Run(lines_in_words(line.number for line in run), entries, left_out)
        for (entries, left_out), run in groupby(lines, lambda line: (line.entries, line.left_out))
    ]
