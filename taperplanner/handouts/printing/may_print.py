"""THE list of what stands in the way of a paper. Every way to print asks it, and no other.

Without asking it: the pages for down time, which are not handed out and are read when nothing else is there
(they say so across every page), and the file of a copy as it was printed, which is evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.library import PatientText
from taperplanner.guidance.patient_texts import texts_awaiting
from taperplanner.patients.births import Birth
from taperplanner.patients.models import Patient
from taperplanner.saving import Refused

TAMPERED: Final = "What is stored is not what was signed. Open the plan to see more."
UNCHECKED: Final = "Your clinic prints a version only after a second person has checked it."
UNREVIEWED: Final = "Your clinic prints a handout only when a named clinician has reviewed each of its texts."


class CannotPrint(Refused):
    """The message says why, for the page."""


class SignedFor(Protocol):
    """A version, or what was signed of it: whom it is for."""

    @property
    def number(self) -> int: ...
    @property
    def patient_name(self) -> str: ...
    @property
    def patient_birth(self) -> Birth: ...
    @property
    def patient_mrn(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`sentence`: what is wrong and what to do. `texts`: those that nobody has reviewed, where that is it."""

    sentence: str
    needs_check: bool = False
    texts: tuple[PatientText, ...] = ()


def obstacles_to(
    signed: SignedFor,
    patient: Patient,
    *,
    is_checked: bool,
    unreviewed: tuple[PatientText, ...],
    away: Iterable[str],
) -> tuple[Obstacle, ...]:
    """Nothing, where it may be printed. `is_checked`: a second person agrees with it. `unreviewed`: the texts of
    this paper that the clinic does not print (`texts_that_stop_printing`). `away`: why there is no paper for home while
    the patient is in a facility, or before a provider has decided (`stays.rule`). `patient.clinic` must be at hand."""
    found = [Obstacle(sentence) for sentence in (*_missing(signed, patient), *away)]
    if patient.clinic.requires_check and not is_checked:
        found.append(Obstacle(UNCHECKED, needs_check=True))
    if unreviewed:
        found.append(Obstacle(UNREVIEWED, texts=unreviewed))
    return tuple(found)


def texts_that_stop_printing(
    clinic: Clinic, texts: Iterable[PatientText], *, today: date
) -> tuple[PatientText, ...]:
    """None of them, unless the clinic asks that each text be reviewed by a named clinician."""
    return texts_awaiting(texts, today) if clinic.requires_reviewed_texts else ()


def is_for_somebody_else(signed: SignedFor, patient: Patient) -> bool:
    """Whether the record is archived, or no longer names whom the version was signed for."""
    return patient.archived_at is not None or bool(_changed(signed, patient))


def _missing(signed: SignedFor, patient: Patient) -> Iterator[str]:
    if patient.archived_at is not None:
        yield "The patient's record is archived. Restore it before you print."
    if changed := _changed(signed, patient):
        yield (
            f"The patient's {changed} is not what it was when version {signed.number} was signed. Check which is"
            " right. If the record is, a provider signs a new version for it; the paper names the patient as it was signed."
        )
    if not patient.clinic.phone.strip():
        yield "The clinic has no phone number, and the paper needs one. A manager enters it in the settings."
    if not patient.clinic.after_hours_phone.strip():
        yield "The clinic has no after-hours phone number, and the paper needs one. A manager enters it in the settings."


def _changed(signed: SignedFor, patient: Patient) -> str:
    pairs = {
        "name": (signed.patient_name, patient.full_name),
        "date of birth": (signed.patient_birth, patient.birth),
        "MRN": (signed.patient_mrn, patient.mrn),
    }
    return ", ".join(what for what, (signed_as, now) in pairs.items() if signed_as != now)
