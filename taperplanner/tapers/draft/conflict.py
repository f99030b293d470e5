"""Two texts of one draft side by side: the one that somebody else saved, and the one typed on this page."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.saving import Difference

from ..models import Draft
from ..schedule.reasons import Reason
from ..schedule.schedule import Ending
from . import table
from .checking import CheckedDraft
from .columns import Column, columns
from .needed_page import texts_of_needed
from .sheet_dates import has_sheet_dates
from .typed import TypedDraft


@dataclass(frozen=True, slots=True)
class DraftConflict:
    """What the saved draft says now: what differs above the steps, and the steps cell by cell."""

    current: Draft
    differences: list[Difference]
    columns: list[Column]
    has_confirmations: bool
    has_sheet_dates: bool
    theirs: list[table.TextLine]


def conflict_of(current: Draft, theirs: CheckedDraft, yours: TypedDraft) -> DraftConflict:
    """`theirs`: the draft as it is saved now."""
    return DraftConflict(
        current=current,
        differences=_differences(theirs.typed, yours),
        columns=columns(theirs.typed, theirs.shown),
        has_confirmations=bool(theirs.typed.base),
        has_sheet_dates=has_sheet_dates(theirs.typed),
        theirs=table.texts(theirs),
    )


def _differences(theirs: TypedDraft, yours: TypedDraft) -> list[Difference]:
    """What stands above and below the steps, where the two are not the same."""
    endings, reasons = dict(Ending.choices), dict(Reason.choices)

    def texts(typed: TypedDraft) -> list[tuple[str, str]]:
        return [
            ("First day", typed.first_day),
            ("How the schedule ends", endings.get(typed.ending, typed.ending)),
            ("Why it is revised", reasons.get(typed.reason, typed.reason)),
            ("In your own words", typed.explanation),
            *texts_of_needed(typed.as_needed),
        ]

    pairs = zip(texts(theirs), texts(yours), strict=True)
    return [Difference(label, now, mine) for (label, now), (_, mine) in pairs if now != mine]
