"""A patient's allergies and intolerances, ready to print: in one line for the banner, and each with all that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from taperplanner.days import without_weekday
from taperplanner.partial_days import partial_day_in_words
from taperplanner.rows_within import has_any

from ..models import Allergy, AllergyReview, Patient

NOT_ASKED: Final = "not asked"
ASKED_BEFORE: Final = "not asked since the list was changed"
NONE_KNOWN: Final = "none known"
NOT_KNOWN: Final = "not known"
CHANGED_SINCE: Final = "The list was changed since then."
NEVER_WITH_LIST: Final = "Nobody has said that this list is complete."


@dataclass(frozen=True, slots=True)
class AllergyLine:
    """`in_error`: why, and by whom; empty where it stands."""

    number: int
    substance: str
    reaction: str
    kind: str
    since: str
    noted: str
    in_error: str

    @property
    def reaction_in_words(self) -> str:
        return self.reaction or NOT_KNOWN

    @property
    def in_short(self) -> str:
        return f"{self.substance} ({self.reaction})" if self.reaction else self.substance


@dataclass(frozen=True, slots=True)
class AllergyList:
    """`line`: what stands in the banner, `is_gap`: whether it says that somebody should ask.

    `written`: what the details said before there was a list; it stands beside the list until it is emptied there.
    `asked`: who asked, and when; `gaps`: why not to rely on it. `revision`: larger with each change of the list.
    """

    listed: tuple[AllergyLine, ...]
    in_error: tuple[AllergyLine, ...]
    written: str
    asked: str
    gaps: tuple[str, ...]
    is_none_known: bool
    revision: int

    @property
    def line(self) -> str:
        parts = [one.in_short for one in self.listed]
        if self.written:
            parts.append(f"as written before the list: {self.written}")
        if parts:
            return ", ".join(parts)
        if self.is_none_known:
            return NONE_KNOWN
        return ASKED_BEFORE if self.asked else NOT_ASKED

    @property
    def is_gap(self) -> bool:
        return not self.listed and not self.written and not self.is_none_known


def allergies_of(patient: Patient, *, zone: ZoneInfo) -> AllergyList:
    """One query for what there is a row of, and none where the patient is known to have none (`rows_within`)."""
    rows: Iterable[Any] = ()
    if has_any(patient, Allergy):
        rows = patient.allergy_records.by_number().select_related("error")
    review = patient.allergy_reviews.newest_first().first() if has_any(patient, AllergyReview) else None
    lines = [_line(row, zone) for row in rows]
    listed = tuple(line for line in lines if not line.in_error)
    in_error = tuple(line for line in lines if line.in_error)
    revision = list_revision_of(len(lines), len(in_error))
    is_current = review is not None and review.list_revision == revision
    return AllergyList(
        listed=listed,
        in_error=in_error,
        written=patient.allergies,
        asked=_asked(review, zone) if review else "",
        gaps=_gaps(is_asked=review is not None, is_current=is_current, is_empty=not listed),
        is_none_known=is_current and not listed,
        revision=revision,
    )


def list_revision_of(noted: int, in_error: int) -> int:
    """Nothing is ever taken from either, so each change makes it larger."""
    return noted + in_error


def asked_of(patient: Patient, *, zone: ZoneInfo) -> list[str]:
    """Each time somebody asked, the newest first."""
    return [_asked(review, zone) for review in patient.allergy_reviews.newest_first()]


def _gaps(*, is_asked: bool, is_current: bool, is_empty: bool) -> tuple[str, ...]:
    if is_current:
        return ()
    if is_asked:
        return (CHANGED_SINCE,)
    return (NOT_ASKED.capitalize(),) if is_empty else (NEVER_WITH_LIST,)


def _asked(review: AllergyReview, zone: ZoneInfo) -> str:
    who = _said(review.reviewed_by_name, review.reviewed_at, zone)
    if not review.records_count:
        return f"No known allergies or intolerances: the patient was asked by {who}."
    return f"List gone through with the patient by {who}."


def _line(row: Any, zone: ZoneInfo) -> AllergyLine:
    error = getattr(row, "error", None)
    return AllergyLine(
        number=row.number,
        substance=row.substance,
        reaction=row.reaction,
        kind=row.get_kind_display(),
        since=partial_day_in_words(row.known_since),
        noted=_said(row.noted_by_name, row.noted_at, zone),
        in_error=f"{error.reason} ({_said(error.marked_by_name, error.marked_at, zone)})" if error else "",
    )


def _said(name: str, at: datetime, zone: ZoneInfo) -> str:
    return f"{name} on {without_weekday(at.astimezone(zone).date())}"
