"""What guidance is made of, as plain frozen data that is ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.urls import reverse

from taperplanner.days import MONTHS

from .vocabulary import TOPICS, ClaimStatus

SHORTEST_RUN: Final = 3  # from three neighbours on, lines are written "7 to 9"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read. Only a reference document may be without an address."""

    key: str
    title: str
    publisher: str
    address: str
    published: str  # as printed: "23 September 2020", "2025"; may be empty
    read_on: date
    read_at: str  # where it was read, if not at its address; may be empty
    is_reference: bool

    def line(self, locator: str) -> str:
        """The source and the place in it, as one line: the same on every page."""
        if self.is_reference:
            return f"{self.title}, {locator}"
        return f"{self.name} ({self.publisher}): {locator}; {self.read_line}"

    @property
    def name(self) -> str:
        return f"{self.title}, {self.published}" if self.published else self.title

    @property
    def read_line(self) -> str:
        return f"read on {day_in_words(self.read_on)} {self.read_at}".rstrip()


@dataclass(frozen=True, slots=True)
class Review:
    """Who reviewed a text. Nobody yet: every field is None, and the page says so."""

    by: str | None = None
    on: date | None = None
    next: date | None = None

    def is_past(self, today: date) -> bool:
        return self.next is not None and self.next < today

    def is_awaited(self, today: date) -> bool:
        """Nobody reviewed it yet, or the next review is overdue."""
        return self.by is None or self.is_past(today)

    @property
    def next_line(self) -> str:
        """When it is due again, in words; nothing, where nobody has reviewed it."""
        return day_in_words(self.next) if self.next else ""

    @property
    def line(self) -> str:
        if self.by is None or self.on is None or self.next is None:
            return "Awaiting clinical review"
        return f"Reviewed by {self.by} on {day_in_words(self.on)}; next review {day_in_words(self.next)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim with its provenance; `concerns` says whom it matters to.

    `completed_from`: whence the text has what the document's line lacks. `on_paper`: keys of the patient
    texts that tell patients the same.
    """

    drug: str
    topic: str
    slug: str
    order: int
    title: str
    paragraphs: tuple[str, ...]
    status: ClaimStatus
    lines: tuple[int, ...]
    source: Source
    locator: str
    completed_from: Source | None
    completed_locator: str
    note: str
    note_source: Source | None
    note_locator: str
    concerns: frozenset[str]
    on_paper: tuple[str, ...]
    review: Review
    only_on_guidance_page: bool

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guidance:entry", args=[self.topic, self.slug])

    @property
    def key(self) -> str:
        return f"{self.topic}/{self.slug}"

    @property
    def alone(self) -> tuple[Entry, ...]:
        """Itself, for a page that shows entries and has this one."""
        return (self,)

    @property
    def topic_title(self) -> str:
        return TOPICS[self.topic].title

    @property
    def source_line(self) -> str:
        line = self.source.line(self.locator)
        if self.completed_from is None:
            return line
        return f"{line}, completed from {self.completed_from.line(self.completed_locator)}"

    @property
    def source_address(self) -> str:
        return self.source.address

    @property
    def note_source_line(self) -> str:
        return self.note_source.line(self.note_locator) if self.note_source else ""

    @property
    def note_source_address(self) -> str:
        return self.note_source.address if self.note_source else ""

    @property
    def status_label(self) -> str:
        return self.status.label

    @property
    def review_line(self) -> str:
        return self.review.line

    @property
    def text(self) -> str:
        """Every word of it, for searching."""
        return " ".join((self.title, *self.paragraphs, self.note, self.source_line, self.note_source_line))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something the reference document says that is not shown, and why."""

    lines: tuple[int, ...]
    says: str
    why: str
    source: Source | None
    locator: str

    @property
    def lines_line(self) -> str:
        return lines_in_words(self.lines)

    @property
    def source_line(self) -> str:
        return self.source.line(self.locator) if self.source else ""


@dataclass(frozen=True, slots=True)
class Document:
    """One drug's reference document: what it is, how long, and what was left out of it.

    `over_schedules`: the key of the entry that stands over each schedule of the drug. `dangerous`: the keys of
    those that come first beside one.
    """

    drug: str
    about: tuple[str, ...]
    lines: int
    left_out: tuple[LeftOut, ...]
    over_schedules: str
    dangerous: tuple[str, ...]


def day_in_words(day: date) -> str:
    """A date in words, the same whatever the language of the server: 3 May 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def lines_in_words(lines: Iterable[int]) -> str:
    """(29,) is "line 29"; (25, 29) is "lines 25 and 29"; (3, 7, 8, 9) is "lines 3 and 7 to 9"."""
    numbers = sorted(lines)
    parts: list[str] = []
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        members = [str(number) for _, number in run]
        parts += [f"{members[0]} to {members[-1]}"] if len(members) >= SHORTEST_RUN else members
    word = "line" if len(numbers) == 1 else "lines"
    return f"{word} {parts[0]}" if len(parts) == 1 else f"{word} {', '.join(parts[:-1])} and {parts[-1]}"
