"""Why a version replaces the one before it."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class Reason(TextChoices):
    """`DAYS_CHANGED`: signed when a hold and its end had one reason between them. It is no longer offered."""

    SYMPTOMS = "symptoms", "Symptoms"
    PATIENT_REQUEST = "patient_request", "The patient asked for it"
    SUPPLY = "supply", "Supply of the product"
    ERROR = "error", "An error in the schedule"
    HOLD = "held", "Hold: the current step goes on longer"
    HOLD_ENDED = "hold_ended", "End of a hold: the current step is left"
    OTHER = "other", "Another reason"
    DAYS_CHANGED = "hold", "The step's days were changed"


OFFERED: Final = tuple(reason for reason in Reason if reason is not Reason.DAYS_CHANGED)
