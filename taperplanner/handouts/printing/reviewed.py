"""Whether a clinic lets a paper print as its texts are reviewed today. Asked before every way to print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.library import PatientText
from taperplanner.guidance.patient_texts import texts_awaiting


def texts_that_stop_printing(
    clinic: Clinic, texts: Iterable[PatientText], *, today: date
) -> tuple[PatientText, ...]:
    """None of them, unless the clinic asks that each text be reviewed by a named clinician."""
    return texts_awaiting(texts, today) if clinic.requires_reviewed_texts else ()
