"""What must be so before a signed version becomes paper. Asked before every way to print."""

from __future__ import annotations

from collections.abc import Iterator

from taperplanner.accounts.models import Clinic
from taperplanner.patients.models import Patient
from taperplanner.tapers.signed import SignedContent


def what_is_missing(content: SignedContent, patient: Patient, clinic: Clinic) -> tuple[str, ...]:
    """A sentence for each thing that stops printing, saying what to do about it."""
    return tuple(_missing(content, patient, clinic))


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
