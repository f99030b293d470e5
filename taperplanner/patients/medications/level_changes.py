"""The starts and stops of a patient's medicines that change the level of clonazepam, as far as the list knows them.

Nothing is made exact: a start of which only the month is written down stays that month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from ..concerns import level_of
from ..models import MedicationRecord, Patient
from ..names import name_key
from ..vocabulary import tall_man
from ..vocabulary.levels import Level


class What(StrEnum):
    STARTED = "started"
    LISTED = "put on the list, start not known"
    STOPPED = "stopped"
    LISTED_AS_STOPPED = "recorded as stopped, day not known"


@dataclass(frozen=True, slots=True)
class LevelChange:
    """Shape of `when`: "2026", "2026-03" or "2026-03-02", as much as is known."""

    name: str
    level: Level
    what: What
    when: str

    @property
    def is_known(self) -> bool:
        """Whether `when` is the start or the stop itself, and not the day on which somebody wrote it down."""
        return self.what in {What.STARTED, What.STOPPED}


def level_changes(patient: Patient, *, zone: ZoneInfo) -> tuple[LevelChange, ...]:
    """One query, none where the records are at hand; and another if a start is not known."""
    records = [
        (record, level)
        for record in sorted(patient.medications.all(), key=lambda record: (name_key(record.name), record.pk))
        if (level := level_of(record.drug or record.name)) is not None
    ]
    listed = _listed_at([record for record, _ in records if not record.started])
    return tuple(
        LevelChange(_name(record), level, what, when)
        for record, level in records
        for what, when in _changes(record, listed, zone)
    )


def _changes(
    record: MedicationRecord, listed: dict[UUID, datetime], zone: ZoneInfo
) -> Iterator[tuple[What, str]]:
    if record.started:
        yield What.STARTED, record.started
    elif at := listed.get(record.pk):
        yield What.LISTED, at.astimezone(zone).date().isoformat()
    if record.stopped_on:
        yield What.STOPPED, record.stopped_on.isoformat()
    elif record.stopped_at:
        yield What.LISTED_AS_STOPPED, record.stopped_at.astimezone(zone).date().isoformat()


def _listed_at(records: Sequence[MedicationRecord]) -> dict[UUID, datetime]:
    if not records:
        return {}
    added = MedicationRecord.history.filter(id__in=[record.pk for record in records], history_type="+")
    return dict(added.values_list("id", "history_date"))


def _name(record: MedicationRecord) -> str:
    """ "Diflucan (fluconazole)"; the generic name in tall man letters, and once."""
    generic = tall_man(record.drug)
    if not record.drug or record.name.casefold() == record.drug.casefold():
        return generic or record.name
    return f"{record.name} ({generic})"
