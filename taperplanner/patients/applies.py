"""The guidance that applies to one patient, each entry with what is recorded that it is shown for: the birth date,
a fact or a medication; and what nobody knows yet. It is only shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taperplanner.guidance.library import Entry, library

from .ages import group_of
from .births import Birth
from .medications.listing import MedicationList
from .safety import FactRow


@dataclass(frozen=True)
class Reason:
    """The patient's age, or one recorded fact or medication. An entry is shown once, under the first that it concerns."""

    title: str
    recorded: str
    entries: tuple[Entry, ...]
    also: tuple[Entry, ...]  # those that concern it too, and are shown under a reason above


@dataclass(frozen=True)
class Applying:
    reasons: tuple[Reason, ...]
    gaps: tuple[str, ...]
    needs_review: bool  # nobody said lately that the medication list is complete


def what_applies(
    facts: Sequence[FactRow], medications: MedicationList, *, born: Birth, today: date
) -> Applying:
    """The age first, then facts, in their order, then what is taken, in the order of its list."""
    found = _of_age(born, today)
    found += [
        (fact.label, f"Safety fact, answered yes: {fact.answered}", fact.guidance)
        for fact in facts
        if fact.guidance
    ]
    found += [
        (row.name, f"On the medication list: {row.guidance_title}", row.guidance)
        for row in medications.taken
        if row.guidance
    ]
    shown: set[Entry] = set()
    reasons = []
    for title, recorded, entries in found:
        reasons.append(
            Reason(
                title=title,
                recorded=recorded,
                entries=tuple(entry for entry in entries if entry not in shown),
                also=tuple(entry for entry in entries if entry in shown),
            )
        )
        shown.update(entries)
    gaps = [f"{fact.label}: {fact.answer.lower()}" for fact in facts if fact.is_gap]
    gaps += [
        f"{row.name}: {row.sedates.lower()}"
        for row in medications.taken
        if row.sedates and not row.is_sedating
    ]
    return Applying(tuple(reasons), tuple(gaps), needs_review=bool(medications.review.gaps))


def _of_age(born: Birth, today: date) -> list[tuple[str, str, tuple[Entry, ...]]]:
    """None or one: what it is about, what it is known from, and its entries.

    Where only the year of birth is known, what could be is shown as that, and never left out.
    """
    age = born.age_on(today)
    group, is_certain = group_of(age)
    if group is None:
        return []
    title = group.label if is_certain else group.could_be
    known = born.in_words if born.day else f"{born.in_words}, only the year is known"
    return [(title, f"Born {known}: {age} old", library().concerning(group.concern))]
