"""The state of a medication list's last review. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from taperplanner.days import without_weekday

from ..models import REVIEW_IS_STALE_AFTER_DAYS

NEVER: Final = "Never reviewed with the patient."


@dataclass(frozen=True)
class ReviewState:
    """`gaps` are the reasons not to rely on the list; none means that it may be relied on."""

    sentence: str
    gaps: tuple[str, ...] = ()


def review_state(
    *,
    reviewed_at: datetime | None,
    reviewed_by: str,
    changed_at: datetime | None,
    today: date,
    zone: ZoneInfo,
) -> ReviewState:
    """`changed_at`: when the list last changed, if it ever did."""
    if reviewed_at is None:
        return ReviewState("", (NEVER,))
    day = reviewed_at.astimezone(zone).date()
    gaps = []
    if changed_at is not None and changed_at > reviewed_at:
        gaps.append("The list was changed since then.")
    if (today - day).days > REVIEW_IS_STALE_AFTER_DAYS:
        gaps.append(f"That is more than {REVIEW_IS_STALE_AFTER_DAYS} days ago.")
    sentence = f"List reviewed with the patient by {reviewed_by} on {without_weekday(day)}."
    return ReviewState(sentence, tuple(gaps))


def list_revision_of(revisions: list[int]) -> int:
    """One number for the whole list. Records are never deleted, so each change makes it larger."""
    return sum(revisions)
