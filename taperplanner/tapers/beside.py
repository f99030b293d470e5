"""What the sources say beside a schedule, arranged to be read: what is dangerous first, each entry once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain

from taperplanner.guidance.library import Entry
from taperplanner.patients.applies import Applying, Reason
from taperplanner.protocols.beside import Note


@dataclass(frozen=True)
class ShownEntry:
    """An entry. `because`: what is recorded of the patient that it concerns."""

    entry: Entry
    is_open: bool
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One topic. `above`: those of its entries that stand already under what applies to this patient."""

    slug: str
    title: str
    shown: tuple[ShownEntry, ...]
    above: tuple[Entry, ...]


@dataclass(frozen=True)
class Beside:
    """`band`: what stands over the schedule. Without it and `applying`: the drug has no reference document.

    `urgent`: what comes before all else, on a page where somebody asks after danger signs. `is_folded`: on a page
    where somebody types or signs. `awaiting`: how many of its `total` texts nobody has reviewed, or not in time.
    """

    band: Entry | None
    urgent: Part | None
    applying: Applying | None
    applies: tuple[ShownEntry, ...]
    parts: tuple[Part, ...]
    notes: Sequence[Note]
    is_folded: bool
    total: int
    awaiting: int

    @property
    def all_await(self) -> bool:
        return self.awaiting == self.total


@dataclass(frozen=True)
class Topic:
    """Of the sources, to be arranged."""

    slug: str
    title: str
    entries: Sequence[Entry]


def beside(
    band: Entry | None,
    applying: Applying | None,
    topics: Iterable[Topic],
    notes: Sequence[Note],
    *,
    dangerous: Sequence[str],
    today: date,
    is_folded: bool,
    urgent: Topic | None = None,
) -> Beside:
    """`dangerous`: keys of entries that come first, in their order."""
    first = None
    if urgent is not None:
        shown_first = tuple(ShownEntry(entry, is_open=True) for entry in urgent.entries)
        first = Part(urgent.slug, urgent.title, shown_first, above=())
    said = set(urgent.entries) if urgent else set()
    reasons = applying.reasons if applying else ()
    applies = tuple(one for one in _applying(reasons, dangerous) if one.entry not in said)
    above = {one.entry for one in applies}
    parts = tuple(_part(topic, above, dangerous) for topic in topics)
    shown = chain(first.shown if first else (), applies, *(part.shown for part in parts))
    every = [one.entry for one in shown]
    return Beside(
        band=band,
        urgent=first,
        applying=applying,
        applies=applies,
        parts=parts,
        notes=notes,
        is_folded=is_folded,
        total=len(every),
        awaiting=sum(entry.review.is_awaited(today) for entry in every),
    )


def _part(topic: Topic, above: Set[Entry], dangerous: Sequence[str]) -> Part:
    """What the reference document itself says stands open, and what is dangerous."""
    ordered = _danger_first((one for one in topic.entries if one not in above), dangerous)
    shown = (ShownEntry(entry, is_open=bool(entry.lines) or entry.key in dangerous) for entry in ordered)
    return Part(topic.slug, topic.title, tuple(shown), tuple(one for one in topic.entries if one in above))


def _applying(reasons: Sequence[Reason], dangerous: Sequence[str]) -> tuple[ShownEntry, ...]:
    """Each entry once, with everything that it is shown for."""
    because: dict[Entry, list[str]] = {}
    for reason in reasons:
        for entry in (*reason.entries, *reason.also):
            because.setdefault(entry, []).append(reason.title)
    return tuple(
        ShownEntry(entry, is_open=True, because=tuple(because[entry]))
        for entry in _danger_first(because, dangerous)
    )


def _danger_first(entries: Iterable[Entry], dangerous: Sequence[str]) -> list[Entry]:
    place = {key: number for number, key in enumerate(dangerous)}
    return sorted(entries, key=lambda entry: place.get(entry.key, len(place)))
