"""What is done to the list of allergies. A record is never changed: a wrong one is marked, and written anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Conflict, Refused, next_number

from ..models import Allergy, AllergyInError, AllergyKind, AllergyReview, Patient
from ..rows import lock_open
from .listing import list_revision_of
from .named import is_same


class CannotNoteAllergy(Refused):
    pass


class CannotMarkAllergyInError(Refused):
    pass


class CannotReviewAllergies(Refused):
    pass


@dataclass(frozen=True, kw_only=True)
class AllergyDetails:
    """As typed. `reaction`, `known_since`: empty where nobody knows."""

    substance: str
    kind: AllergyKind
    reaction: str = ""
    known_since: str = ""


@audited_transaction()
def note_allergy(*, patient: Patient, details: AllergyDetails, by: User, at: datetime) -> Allergy:
    """Raises: CannotNoteAllergy, if archived, or if the substance stands on the list."""
    locked = lock_open(patient, CannotNoteAllergy)
    if not details.substance:
        raise CannotNoteAllergy("Enter the substance.")
    for other in locked.allergy_records.valid().by_number():
        if is_same(other.substance, details.substance):
            raise CannotNoteAllergy(
                f"{other.substance} is on the list already. If it says something wrong, mark it as entered in error first."
            )
    allergy = Allergy.objects.create(
        patient=locked,
        number=next_number(locked.allergy_records.all()),
        substance=details.substance,
        reaction=details.reaction,
        kind=details.kind,
        known_since=details.known_since,
        noted_by=by,
        noted_by_name=by.full_title,
        noted_at=at,
    )
    record("allergy.noted", by=by, at=at, patient_id=locked.pk, subject=str(allergy))
    return allergy


@audited_transaction()
def mark_allergy_in_error(*, allergy: Allergy, reason: str, by: User, at: datetime) -> AllergyInError:
    """Raises: CannotMarkAllergyInError, if archived or marked already."""
    lock_open(allergy.patient, CannotMarkAllergyInError)
    if not reason:
        raise CannotMarkAllergyInError("Write what was wrong.")
    if AllergyInError.objects.filter(allergy=allergy).exists():
        raise CannotMarkAllergyInError("This is marked as entered in error already.")
    error = AllergyInError.objects.create(
        allergy=allergy, reason=reason, marked_by=by, marked_by_name=by.full_title, marked_at=at
    )
    record("allergy.entered_in_error", by=by, at=at, patient_id=allergy.patient_id, subject=str(allergy))
    return error


@audited_transaction()
def review_allergies(*, patient: Patient, list_revision: int, by: User, at: datetime) -> AllergyReview:
    """Write down that the patient was asked, and that the list, as it was shown, is what they said. Empty: none known.

    Raises: Conflict (`current` is the patient), if the list says something else by now; CannotReviewAllergies, if
    archived, or while the details say something that stands on no list.
    """
    locked = lock_open(patient, CannotReviewAllergies)
    rows = locked.allergy_records.all()
    noted, listed = rows.count(), rows.valid().count()
    revision = list_revision_of(noted, noted - listed)
    if revision != list_revision:
        raise Conflict(locked)
    if locked.allergies:
        raise CannotReviewAllergies(
            "The details still say something about allergies that was written before there was a list. Put it on the"
            " list, and empty it under “Edit details”."
        )
    review = AllergyReview.objects.create(
        patient=locked,
        number=next_number(locked.allergy_reviews.all()),
        reviewed_by=by,
        reviewed_by_name=by.full_title,
        reviewed_at=at,
        records_count=listed,
        list_revision=revision,
    )
    record("allergies.reviewed", by=by, at=at, patient_id=locked.pk, details={"listed": listed})
    return review
