"""What a PDF says for each day, read from its letters and where they stand on the page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from pypdf import PdfReader

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.tapers.schedule import TimeOfDay

from ..labels import TIMES
from ..language import Say

NEAR: Final = 3  # points: letters of one line may stand that far apart, up and down
# For each day and time of day: the counts and what they are counts of, as they are printed.
Taken = dict[date, dict[str, list[tuple[str, str]]]]


class CannotReadBack(Exception):
    """The page is not laid out as it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A run of letters, and where it begins, in points from the lower left corner."""

    text: str
    page: int
    x: int
    y: int
    is_across: bool  # the mark that lies across the page


@dataclass(frozen=True, slots=True)
class Read:
    letters: tuple[Letters, ...]
    pages: tuple[str, ...]
    width: int
    height: int


def read_file(content: bytes) -> Read:
    reader = PdfReader(io.BytesIO(content))
    found: list[Letters] = []

    def visitor(page: int) -> Callable[..., None]:
        def visit(text: str, matrix: list[Any], inner: list[Any], *_: Any) -> None:
            if text.strip():
                x, y = int(matrix[4] + inner[4]), int(matrix[5] + inner[5])
                found.append(Letters(text, page, x, y, is_across=bool(matrix[1] or inner[1])))

        return visit

    for number, page in enumerate(reader.pages):
        page.extract_text(visitor_text=visitor(number))
    texts = tuple(
        _plain("".join(one.text + " " for one in found if one.page == number))
        for number in range(len(reader.pages))
    )
    _, _, width, height = (int(side) for side in reader.pages[0].mediabox)
    return Read(tuple(found), texts, width, height)


def days_of_the_table(read: Read, say: Say) -> Taken:
    """Of the schedule table. Raises: CannotReadBack, where something of a row is not on its page."""
    names = [say.one_of(name) for name in TIMES.values()]
    step = re.compile(say("Step {number}", number=0).replace("0", r"\d+"))
    stop = (
        say("STOP on {day}", day=""),
        say("Stay on step {number} until your clinic tells you", number=0).partition("0")[0],
    )
    taken: Taken = {}
    for page in range(len(read.pages)):
        on_page = [one for one in read.letters if one.page == page and not one.is_across]
        columns = _columns(on_page, names)
        if not columns:
            continue
        head = columns[0][1]
        ends = [one.y for one in on_page if one.text.strip().startswith(stop) and one.x < columns[0][0]]
        anchors = [
            one
            for one in on_page
            if step.fullmatch(one.text.strip()) and one.x < columns[0][0] and one.y < head
        ]
        # The last line of letters is the foot of the page; its letters may be a point apart.
        foot = max([*ends, min(one.y for one in on_page) + NEAR])
        for one in on_page:
            if (
                columns[0][0] <= one.x
                and foot + NEAR < one.y < head - NEAR
                and not any(anchor.y >= one.y - NEAR for anchor in anchors)
            ):
                raise CannotReadBack(f"page {page + 1}: “{one.text}” belongs to no step of the page")
        for number, anchor in enumerate(anchors):
            below = anchors[number + 1].y if number + 1 < len(anchors) else foot - NEAR
            row = [one for one in on_page if below + NEAR < one.y <= anchor.y + NEAR]
            _add(taken, _row(row, [x for x, _ in columns]), names, say)
    return taken


def _add(taken: Taken, cells: list[str], names: Sequence[str], say: Say) -> None:
    """One row of the table, laid out over its days."""
    days = _days_in(cells[0], say)
    if len(days) != 2:  # noqa: PLR2004 - the first and the last
        raise CannotReadBack(f"not a first and a last day: “{cells[0]}”")
    first, last = days
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day in taken:
            raise CannotReadBack(f"{day} stands in two rows")
        taken[day] = {name: amounts_in(cell, say) for name, cell in zip(names, cells[1:], strict=True)}


def amounts_in(text: str, say: Say) -> list[tuple[str, str]]:
    """ "1½ tablets (one and a half) of 0.5 mg" is ("1½ tablets", "0.5 mg")."""
    text = text.partition(say("Note from your clinic:")[:12])[0]
    of, melts = say("of"), say("{strength}, melts in the mouth", strength="")
    product = rf"[\d.]+ mg(?:/mL)?(?:{melts})?(?: \([^)]*\))?"
    return [
        (_plain(count), _plain(name))
        for count, name in re.findall(rf"([\d.]*[½¼¾]?\s\w+) \([^)]*\) {of} ({product})", text)
    ]


def _columns(on_page: list[Letters], names: Sequence[str]) -> list[tuple[int, int]]:
    """Where the four times of day stand in the head of the table; nothing, where the page has none."""
    heads = [[one for one in on_page if one.text.strip() == name] for name in names]
    if not all(heads):
        return []
    y = max(one.y for one in heads[0])
    return [(one.x, one.y) for head in heads for one in head if abs(one.y - y) <= NEAR]


def _row(row: list[Letters], starts: list[int]) -> list[str]:
    """The text of each of the five cells, line after line. A note runs across the last four."""
    cells: list[list[Letters]] = [[] for _ in range(5)]
    for one in row:
        cells[sum(one.x >= start - NEAR for start in starts)].append(one)
    return [
        _plain(" ".join(one.text for one in sorted(cell, key=lambda one: (-one.y, one.x)))) for cell in cells
    ]


def _days_in(text: str, say: Say) -> list[date]:
    """Every date in words, whose weekday must be its own."""
    pattern = say("{weekday}, {month} {day}, {year}", weekday="(W)", month="(M)", day="(D)", year="(Y)")
    order = re.findall(r"\((\w)\)", pattern)
    regex = re.escape(pattern)
    for sign, what in (("W", r"(\w+)"), ("M", r"(\w+)"), ("D", r"(\d{1,2})"), ("Y", r"(\d{4})")):
        regex = regex.replace(re.escape(f"({sign})"), what)
    months = {say.one_of(name): number for number, name in enumerate(MONTHS, 1)}
    found = []
    for match in re.findall(regex.replace(r"\ ", r"\s+"), text):
        part = dict(zip(order, match, strict=True))
        day = date(int(part["Y"]), months[part["M"]], int(part["D"]))
        if part["W"] != say.one_of(WEEKDAYS[day.weekday()]):
            raise CannotReadBack(f"{day} is not a {part['W']}")
        found.append(day)
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def times(say: Say) -> dict[TimeOfDay, str]:
    return {time: say.one_of(name) for time, name in TIMES.items()}
