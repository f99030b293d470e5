"""What stands under what on a page: the heads of columns, their cells, the days and times in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from taperplanner.handouts.paper.language import Translator

from .letters import NEAR, CannotReadBack, Letters, plain
from .words import date_of, date_pattern


def heads(on_page: list[Letters], names: Sequence[str]) -> Iterator[list[Letters]]:
    """Each line in which these stand side by side, as in the head of a table."""
    for first in on_page:
        if first.text.strip() == names[0]:
            line = {one.text.strip(): one for one in on_page if abs(one.y - first.y) <= NEAR}
            if set(names) <= set(line):
                yield [line[name] for name in names]


def head_of(
    on_page: list[Letters], first: str, names: Sequence[str]
) -> Iterator[tuple[list[str], list[Letters]]]:
    """Each line that begins with `first` and goes on with some of these: their names, and where they stand."""
    for one in on_page:
        if one.text.strip() == first:
            line = {other.text.strip(): other for other in on_page if abs(other.y - one.y) <= NEAR}
            if found := [name for name in names if name in line]:
                yield found, [line[name] for name in found]


def columns(letters: Sequence[Letters], starts: Sequence[float]) -> list[list[Letters]]:
    """One more than there are starts: the first is what stands before. Raises: CannotReadBack."""
    found: list[list[Letters]] = [[] for _ in (0, *starts)]
    for one in letters:
        column = sum(one.x >= start - NEAR for start in starts)
        if column < len(starts) and one.right > starts[column]:
            raise CannotReadBack(f"page {one.page + 1}: “{one.text}” runs into the next column")
        found[column].append(one)
    return found


def cells(letters: Sequence[Letters], starts: Sequence[float]) -> list[str]:
    return [plain(" ".join(one.text for one in column)) for column in columns(letters, starts)]


def numbered(square: Sequence[Letters], x: float) -> Iterator[tuple[int, str]]:
    """A column of squares: each begins with its number. Raises: CannotReadBack."""
    found: list[tuple[int, str]] = []
    for one in square:
        if abs(one.x - x) < 1 and re.fullmatch(r"\d{1,2}", one.text.strip()):
            found.append((int(one.text), ""))
        elif found:
            found[-1] = (found[-1][0], plain(f"{found[-1][1]} {one.text}"))
        else:
            raise CannotReadBack(f"page {one.page + 1}: “{one.text}” belongs to no day of the page")
    yield from found


def dates_of(column: Sequence[Letters], t: Translator) -> list[tuple[float, date]]:
    """The dates of a column, each with the height of the line it begins in."""
    found: list[tuple[float, date]] = []
    begun: list[Letters] = []
    for one in column:
        begun.append(one)
        if match := date_pattern(t).search(plain(" ".join(part.text for part in begun))):
            found.append((begun[0].y, date_of(match, t)))
            begun = []
    return found


def times_of(column: Sequence[Letters], names: Sequence[str]) -> list[tuple[float, str]]:
    """The times of day of a column, each with the height of the line it begins in."""
    found: list[tuple[float, str]] = []
    begun: list[Letters] = []
    for one in column:
        whole = plain(" ".join(part.text for part in (*begun, one)))
        begun = [*begun, one] if any(name.startswith(whole) for name in names) else [one]
        if (name := plain(" ".join(part.text for part in begun))) in names:
            found.append((begun[0].y, name))
            begun = []
    return found
