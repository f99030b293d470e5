"""What the actions on check-ins take: cleaned values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from taperplanner.doses import Quantity

from ..scales import NOT_SCORED, Score
from .taken import TakenRun

# What has one name in the form, in the details and in the check-in.
STORED_AS_TYPED: Final = (
    "missed_or_extra", "alcohol", "alcohol_note", "opioids", "opioids_note", "substances", "substances_note",
    "new_medicines", "new_medicines_note",
    "decision", "decision_note", "systolic", "diastolic", "pulse", "happened_on", "contact",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CheckInDetails:
    """Empty means not asked. `ratings` by the symptom's key, `left` by the product's number.

    `alcohol`, `opioids`, `substances`, `new_medicines`: an Answer, or nothing.
    """

    happened_on: date
    contact: str
    ratings: Mapping[str, int] = field(default_factory=dict)
    phq9: Score = NOT_SCORED
    gad7: Score = NOT_SCORED
    ciwa_b: int | None = None
    bwsq: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    pulse: int | None = None
    taken: tuple[TakenRun, ...] = ()
    left: Mapping[int, Quantity] = field(default_factory=dict)
    missed_or_extra: str = ""
    alcohol: str = ""
    alcohol_note: str = ""
    opioids: str = ""
    opioids_note: str = ""
    substances: str = ""
    substances_note: str = ""
    new_medicines: str = ""
    new_medicines_note: str = ""
    as_needed_answer: str = ""
    as_needed_times: int | None = None
    as_needed_counted: str = ""
    as_needed_from: date | None = None
    as_needed_to: date | None = None
    decision: str = ""
    decision_note: str = ""
    far_days: Mapping[date, str] = field(default_factory=dict)  # why each date far from the plan is meant
