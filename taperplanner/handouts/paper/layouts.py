"""The layouts staff choose from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from taperplanner.guidance.patient_texts import Language


class Layout(StrEnum):
    SCHEDULE = "schedule"
    CALENDAR = "calendar"
    CHECKLIST = "checklist"
    WALLET = "wallet"
    DIARY = "diary"
    PHARMACY = "pharmacy"

    @property
    def label(self) -> str:
        return {
            Layout.SCHEDULE: "Schedule table",
            Layout.CALENDAR: "Day calendar, a month a page",
            Layout.CHECKLIST: "Checklist, a line for each day and time",
            Layout.WALLET: "Wallet card",
            Layout.DIARY: "Symptom diary",
            Layout.PHARMACY: "Pharmacy summary (in English)",
        }[self]


class Size(StrEnum):
    REGULAR = "regular"
    LARGE = "large"

    @property
    def label(self) -> str:
        return {Size.REGULAR: "Regular (12 point)", Size.LARGE: "Large print (20 point)"}[self]


@dataclass(frozen=True, slots=True)
class Choice:
    """What staff chose for a print. `fill_days`: how long one fill lasts, for the pharmacy summary alone."""

    layout: Layout = Layout.SCHEDULE
    size: Size = Size.REGULAR
    language: Language = Language.ENGLISH
    fill_days: int | None = None

    @property
    def laid_out_as(self) -> Layout:
        """In 20 point no square holds a day: in large print the calendar is the checklist, a block for each day."""
        is_calendar = self.layout is Layout.CALENDAR
        return Layout.CHECKLIST if is_calendar and self.size is Size.LARGE else self.layout

    @property
    def is_wide(self) -> bool:
        """Laid across: seven columns of days; what a patient writes into, in large letters."""
        is_large_diary = self.layout is Layout.DIARY and self.size is Size.LARGE
        return self.laid_out_as is Layout.CALENDAR or is_large_diary
