"""The guidance that applies to one patient, each entry with the recorded fact or medication that it is
shown for, and the facts that nobody knows yet. It is only shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from taperplanner.guidance.library import Entry

from .medications.listing import MedicationList
from .safety import FactRow


@dataclass(frozen=True)
class Reason:
    """One recorded fact or medication. An entry is shown once, under the first that it concerns."""

    title: str
    recorded: str
    entries: tuple[Entry, ...]
    also: tuple[Entry, ...]  # those that concern it too, and are shown under a reason above


@dataclass(frozen=True)
class Applying:
    reasons: tuple[Reason, ...]
    gaps: tuple[str, ...]
    needs_review: bool  # nobody said lately that the medication list is complete


def what_applies(facts: Sequence[FactRow], medications: MedicationList) -> Applying:
    """Facts first, in their order, then what is taken, in the order of its list."""
    found = [
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
