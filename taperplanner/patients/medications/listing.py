"""A patient's medication list, ready to print: each record once, its guidance beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from taperplanner.days import without_weekday
from taperplanner.guidance.library import Entry
from taperplanner.partial_days import partial_day_in_words

from ..concerns import DOCUMENTED, concerns_in_words, concerns_of, entries_on, level_in_words, level_of
from ..models import Answer, Kind, MedicationRecord, Patient, Use
from ..names import name_key
from ..vocabulary import DrugClass, tall_man
from ..vocabulary.groups import groups_in
from .reviews import ReviewState, list_revision_of, review_state

SEDATES: Final = {
    Answer.YES: "Sedating",
    Answer.NO: "",
    Answer.UNKNOWN: "Not known whether it sedates",
}
# "Other" says nothing about a drug, so it is not said.
_CLASSES: Final = {each.value: each.label for each in DrugClass if each is not DrugClass.OTHER}
_KINDS: Final = dict(Kind.choices)
_USES: Final = dict(Use.choices)


@dataclass(frozen=True)
class MedicationRow:
    """`drug` is empty where the name says the same; generic names stand in tall-man letters."""

    id: UUID
    name: str
    drug: str
    drug_class: str
    is_sedating: bool
    sedates: str
    level: str
    amount: str
    directions: str
    facts: tuple[tuple[str, str], ...]
    stopped: str
    stop_reason: str
    revision: int
    guidance_title: str
    guidance: tuple[Entry, ...]


@dataclass(frozen=True)
class MedicationList:
    taken: list[MedicationRow]
    stopped: list[MedicationRow]
    revision: int
    review: ReviewState


def medication_list(patient: Patient, *, today: date, zone: ZoneInfo) -> MedicationList:
    """Two queries, however long the list, and the records are at hand from then on. What sedates stands first, then by name."""
    prefetch_related_objects([patient], "medications")
    records = sorted(patient.medications.all(), key=_order)
    reviews = patient.medication_reviews.order_by("-reviewed_at")
    reviewed_at, reviewed_by = reviews.values_list("reviewed_at", "reviewed_by_name").first() or (None, "")
    has_documented = any(record.is_taken and record.drug.casefold() == DOCUMENTED for record in records)
    return MedicationList(
        taken=[_row(record, has_documented=has_documented) for record in records if record.is_taken],
        stopped=[_row(record, has_documented=has_documented) for record in records if not record.is_taken],
        revision=list_revision_of([record.revision for record in records]),
        review=review_state(
            reviewed_at=reviewed_at,
            reviewed_by=reviewed_by,
            changed_at=max((record.changed_at for record in records), default=None),
            today=today,
            zone=zone,
        ),
    )


def _order(record: MedicationRecord) -> tuple[bool, bytes, UUID]:
    return (record.sedates != Answer.YES, name_key(record.name), record.pk)


def _row(record: MedicationRecord, *, has_documented: bool) -> MedicationRow:
    """`has_documented`: whether the drug that the sources are about is taken beside it."""
    called = record.drug or record.name  # a name may have come into the vocabulary after it was written down
    concerns = concerns_of(drug=called, drug_class=record.drug_class, sedates=record.sedates)
    level = level_of(called)
    generic = tall_man(record.drug)
    is_generic = record.name.casefold() == record.drug.casefold()
    return MedicationRow(
        id=record.pk,
        name=generic if is_generic and generic != record.drug else record.name,
        drug="" if is_generic else generic,
        drug_class=_CLASSES.get(record.drug_class, ""),
        is_sedating=record.sedates == Answer.YES,
        sedates=SEDATES[Answer(record.sedates)],
        level=_as_mark(level_in_words(level)) if level else "",
        amount=", ".join(part for part in (record.strength, record.form) if part),
        directions=record.directions,
        facts=tuple((label, value) for label, value in _facts(record) if value),
        stopped=_stopped(record),
        stop_reason=record.stop_reason,
        revision=record.revision,
        guidance_title=concerns_in_words(concerns, beside_documented=has_documented)
        if record.is_taken
        else "",
        guidance=entries_on(concerns) if record.is_taken else (),
    )


def _facts(record: MedicationRecord) -> tuple[tuple[str, str], ...]:
    return (
        ("For", record.indication),
        ("Prescribed by", record.prescriber),
        ("Taken", _USES[record.use].lower()),
        ("Since", partial_day_in_words(record.started)),
        ("Which one", "not known" if not record.drug and groups_in(record.name) else ""),
        ("Kind", _KINDS[record.kind]),
        ("Spelling kept", record.spelling_reason),
    )


def _stopped(record: MedicationRecord) -> str:
    if record.is_taken:
        return ""
    return (
        f"Stopped on {without_weekday(record.stopped_on)}" if record.stopped_on else "Stopped, day not known"
    )


def _as_mark(words: str) -> str:
    return words[:1].upper() + words[1:]
