"""Why a version replaces the one before it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """`DAYS_CHANGED`: signed when a hold and its end had one reason between them. It is no longer offered."""

    SYMPTOMS = "symptoms"
    PATIENT_REQUEST = "patient_request"
    SUPPLY = "supply"
    ERROR = "error"
    HOLD = "held"
    HOLD_ENDED = "hold_ended"
    OTHER = "other"
    DAYS_CHANGED = "hold"

    @property
    def label(self) -> str:
        return {
            Reason.SYMPTOMS: "Symptoms",
            Reason.PATIENT_REQUEST: "The patient asked for it",
            Reason.SUPPLY: "Supply of the product",
            Reason.ERROR: "An error in the schedule",
            Reason.HOLD: "Hold: the current step goes on longer",
            Reason.HOLD_ENDED: "End of a hold: the current step is left",
            Reason.OTHER: "Another reason",
            Reason.DAYS_CHANGED: "The step's days were changed",
        }[self]


OFFERED: Final = tuple(reason for reason in Reason if reason is not Reason.DAYS_CHANGED)
