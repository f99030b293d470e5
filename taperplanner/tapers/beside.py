"""What the sources say beside a schedule, arranged to be read: what is dangerous first, each entry once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from taperplanner.guidance.library import Entry
from taperplanner.patients.applies import Applying, Reason
from taperplanner.protocols.beside import Note


@dataclass(frozen=True)
class Shown:
    """An entry. `because`: what is recorded of the patient that it concerns."""

    entry: Entry
    is_open: bool
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One topic. `above`: those of its entries that stand already under what applies to this patient."""

    slug: str
    title: str
    shown: tuple[Shown, ...]
    above: tuple[Entry, ...]


@dataclass(frozen=True)
class Beside:
    """`band`: what stands over the schedule. Without it and `applying`: the drug has no reference document.

    `is_folded`: on a page where somebody types or signs. `awaiting`: how many of its `total` texts nobody has
    reviewed, or not in time.
    """

    band: Entry | None
    applying: Applying | None
    applies: tuple[Shown, ...]
    parts: tuple[Part, ...]
    notes: Sequence[Note]
    is_folded: bool
    total: int
    awaiting: int

    @property
    def all_await(self) -> bool:
        return self.awaiting == self.total


def beside(
    band: Entry | None,
    applying: Applying | None,
    topics: Iterable[tuple[str, str, Sequence[Entry]]],
    notes: Sequence[Note],
    *,
    dangerous: Sequence[str],
    today: date,
    is_folded: bool,
) -> Beside:
    """`topics`: slug, title and entries of each. `dangerous`: keys of entries that come first, in their order."""
    applies = _applying(applying.reasons if applying else (), dangerous)
    above = {one.entry for one in applies}
    parts = tuple(
        Part(
            slug,
            title,
            tuple(
                Shown(entry, is_open=bool(entry.lines) or entry.key in dangerous)
                for entry in _danger_first((one for one in entries if one not in above), dangerous)
            ),
            tuple(entry for entry in entries if entry in above),
        )
        for slug, title, entries in topics
    )
    every = [one.entry for one in chain(applies, *(part.shown for part in parts))]
    return Beside(
        band=band,
        applying=applying,
        applies=applies,
        parts=parts,
        notes=notes,
        is_folded=is_folded,
        total=len(every),
        awaiting=sum(entry.review.is_awaited(today) for entry in every),
    )


def _applying(reasons: Sequence[Reason], dangerous: Sequence[str]) -> tuple[Shown, ...]:
    """Each entry once, with everything that it is shown for."""
    because: dict[Entry, list[str]] = {}
    for reason in reasons:
        for entry in (*reason.entries, *reason.also):
            because.setdefault(entry, []).append(reason.title)
    return tuple(
        Shown(entry, is_open=True, because=tuple(because[entry]))
        for entry in _danger_first(because, dangerous)
    )


def _danger_first(entries: Iterable[Entry], dangerous: Sequence[str]) -> list[Entry]:
    place = {key: number for number, key in enumerate(dangerous)}
    return sorted(entries, key=lambda entry: place.get(entry.key, len(place)))
