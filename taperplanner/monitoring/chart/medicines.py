"""Marks of the days on which a medicine that changes clonazepam's level was started or stopped during the taper.

For the patient that is an unplanned change of dose, so it stands among what happened.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from taperplanner.accounts.models import Clinic
from taperplanner.partial_days import partial_day_in_words
from taperplanner.patients.concerns import DOCUMENTED, level_in_words
from taperplanner.patients.medications.level_changes import LevelChange, What, level_changes
from taperplanner.patients.models import Patient

from ..check_ins.new_medicines import level_changers_in
from ..models import CheckIn
from .facts import DrugDoses, Milestone, MilestoneKind

_SHORT: Final = {
    What.STARTED: "started",
    What.LISTED: "put on the list",
    What.STOPPED: "stopped",
    What.LISTED_AS_STOPPED: "recorded as stopped",
}


def medicine_milestones(
    clinic: Clinic, patient: Patient, doses: DrugDoses, check_ins: Sequence[CheckIn], *, today: date
) -> Iterator[Milestone]:
    """None without a taper, or in one of another drug."""
    if doses.drug.casefold() != DOCUMENTED or not doses.planned:
        return
    first = min(run.first_day for run in doses.planned)
    last = max(run.last_day or max(today, run.first_day) for run in doses.planned)
    for change in level_changes(patient, zone=clinic.zone):
        if milestone := _marked(change, first, last):
            yield milestone
    for check_in in check_ins:
        if first <= check_in.happened_on <= last:
            yield from _named_in(check_in)


def days_of(partial: str) -> tuple[date, date]:
    """The first and the last day that a date of which only a part is known can be."""
    year, *rest = (int(part) for part in partial.split("-"))
    match rest:
        case []:
            return date(year, 1, 1), date(year, 12, 31)
        case [month]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case _:
            day = date.fromisoformat(partial)
            return day, day


def _marked(change: LevelChange, first: date, last: date) -> Milestone | None:
    """None: it was before the taper, or after it. What was on the list from its first day on may be older than it."""
    earliest, latest = days_of(change.when)
    if latest < first or earliest > last or (change.what is What.LISTED and earliest <= first):
        return None
    words = f"{change.name} {change.what}: {level_in_words(change.level)}"
    name = f"{change.name.partition(' (')[0]} {_SHORT[change.what]}"
    if earliest == latest:
        return Milestone(earliest, MilestoneKind.MEDICINE, words, name=name)
    return Milestone(
        max(earliest, first),
        MilestoneKind.MEDICINE,
        words,
        name=f"{name}, day not known",
        until=min(latest, last),
        known=partial_day_in_words(change.when),
    )


def _named_in(check_in: CheckIn) -> Iterator[Milestone]:
    for name, level in level_changers_in(check_in.new_medicines_note):
        called = name.partition(" (")[0]
        words = f"{name} named under new or changed medicines in check-in {check_in.number}: {level_in_words(level)}"
        yield Milestone(check_in.happened_on, MilestoneKind.MEDICINE, words, name=f"{called} named")
