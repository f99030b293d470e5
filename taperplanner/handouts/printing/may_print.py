"""What must be so before a signed version becomes paper. Asked before every way to print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.patient_texts import Language
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed import SignedContent

from ..paper.texts import texts_of
from .from_version import agreeing_check
from .reviewed import texts_that_stop_printing

TAMPERED: Final = "What is stored is not what was signed. Open the plan to see more."
UNCHECKED: Final = "Your clinic prints a version only after a second person has checked it."
UNREVIEWED: Final = "Your clinic prints a handout only when a named clinician has reviewed each of its texts."


def what_is_missing(content: SignedContent, patient: Patient, clinic: Clinic) -> tuple[str, ...]:
    """A sentence for each thing that stops printing, saying what to do about it."""
    return tuple(_missing(content, patient, clinic))


def why_not_printed(
    version: Version, content: SignedContent, language: Language, today: date
) -> tuple[str, ...]:
    """All that stops this version's paper in this language; nothing, where it may be printed.

    `version.plan.patient.clinic` must be at hand.
    """
    patient = version.plan.patient
    clinic = patient.clinic
    reasons = what_is_missing(content, patient, clinic)
    if clinic.requires_check and agreeing_check(version) is None:
        reasons += (UNCHECKED,)
    if texts_that_stop_printing(clinic, texts_of(content.schedule, language), today=today):
        reasons += (UNREVIEWED,)
    return reasons


def is_for_somebody_else(content: SignedContent, patient: Patient) -> bool:
    """Whether the record is archived, or no longer names whom the version was signed for."""
    return patient.archived_at is not None or bool(_changed(content, patient))


def _missing(content: SignedContent, patient: Patient, clinic: Clinic) -> Iterator[str]:
    if patient.archived_at is not None:
        yield "The patient's record is archived. Restore it before you print."
    if changed := _changed(content, patient):
        yield (
            f"The patient's {changed} is not what it was when version {content.number} was signed. Check which is"
            " right. If the record is, a provider signs a new version for it; the paper names the patient as it was signed."
        )
    if not clinic.phone.strip():
        yield "The clinic has no phone number, and the paper needs one. A manager enters it in the settings."
    if not clinic.after_hours_phone.strip():
        yield "The clinic has no after-hours phone number, and the paper needs one. A manager enters it in the settings."


def _changed(content: SignedContent, patient: Patient) -> str:
    pairs = {
        "name": (content.patient_name, patient.full_name),
        "date of birth": (content.patient_date_of_birth, patient.date_of_birth),
        "MRN": (content.patient_mrn, patient.mrn),
    }
    return ", ".join(what for what, (signed, now) in pairs.items() if signed != now)
