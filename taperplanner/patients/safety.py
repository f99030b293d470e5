"""The safety facts, ready to print: a gap is shown as a gap, a "yes" with its guidance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, prefetch_related_objects

from taperplanner.days import without_weekday
from taperplanner.guidance.library import Entry, library

from .models import Answer, Fact, Patient, SafetyFact

NOT_ASKED: Final = "Not asked yet"


@dataclass(frozen=True)
class FactRow:
    label: str
    answer: str
    is_gap: bool
    note: str
    answered: str
    guidance: tuple[Entry, ...]

    @property
    def is_plain_no(self) -> bool:
        """Nothing was written beside it, so that its name says all."""
        return self.answer == Answer.NO.label and not self.note


def facts_of(patient: Patient) -> list[SafetyFact]:
    """Those that were answered: one query for the first part of a page that asks, and none for the others."""
    facts = SafetyFact.objects.select_related("answered_by")
    prefetch_related_objects([patient], Prefetch("safety_facts", facts))
    return list(patient.safety_facts.all())


def fact_rows(patient: Patient, *, zone: ZoneInfo) -> list[FactRow]:
    """All of them, in their order, asked or not."""
    answered = {row.fact: row for row in facts_of(patient)}
    rows = []
    for fact in Fact:
        row = answered.get(fact.value)
        if row is None:
            rows.append(FactRow(fact.label, NOT_ASKED, is_gap=True, note="", answered="", guidance=()))
            continue
        day = without_weekday(row.answered_at.astimezone(zone).date())
        rows.append(
            FactRow(
                label=fact.label,
                answer=Answer(row.answer).label,
                is_gap=row.answer == Answer.UNKNOWN,
                note=row.note,
                answered=f"{row.answered_by.name}, {day}",
                guidance=library().concerning(fact.value) if row.answer == Answer.YES else (),
            )
        )
    return rows


def gaps_of(patient: Patient) -> tuple[str, ...]:
    """Safety facts never asked, or answered with "unknown"."""
    known = set(patient.safety_facts.exclude(answer=Answer.UNKNOWN).values_list("fact", flat=True))
    return tuple(fact.label.lower() for fact in Fact if fact.value not in known)


def why_each_matters() -> list[tuple[str, tuple[Entry, ...]]]:
    """Each fact with its guidance, whatever the answer."""
    return [(fact.label, library().concerning(fact.value)) for fact in Fact]
