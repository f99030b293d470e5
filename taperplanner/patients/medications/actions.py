"""What is done to the medication list. Every action locks the patient first, then the record."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Conflict, Refused, lock_unchanged

from ..actions import record_far_day
from ..details import MedicationDetails
from ..models import Answer, MedicationRecord, MedicationReview, Patient
from ..rows import lock_open, with_author
from ..vocabulary.groups import groups_in
from .filing import filed, near_drugs, near_miss_sentence
from .reviews import list_revision_of


class CannotAddMedication(Refused):
    pass


class CannotEditMedication(Refused):
    pass


class CannotStopMedication(Refused):
    pass


class CannotRestartMedication(Refused):
    pass


class CannotReviewMedications(Refused):
    pass


@audited_transaction()
def add_medication(
    *, patient: Patient, details: MedicationDetails, by: User, at: datetime
) -> MedicationRecord:
    """Raises: CannotAddMedication."""
    locked = lock_open(patient, CannotAddMedication)
    values = _values(details, CannotAddMedication)
    medication = MedicationRecord(patient=locked, changed_at=at, **values)
    with_author(medication, by=by, at=at).save()
    _record("medication.added", medication, by=by, at=at)
    return medication


@audited_transaction()
def edit_medication(
    *, medication: MedicationRecord, details: MedicationDetails, revision: int, by: User, at: datetime
) -> MedicationRecord:
    """Raises: Conflict, CannotEditMedication."""
    lock_open(medication.patient, CannotEditMedication)
    locked = lock_unchanged(medication, revision=revision)
    values = _values(details, CannotEditMedication)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, values[name])
    _keep_changed(locked, by=by, at=at)
    _record("medication.edited", locked, by=by, at=at, fields=changed)
    return locked


@audited_transaction()
def stop_medication(
    *,
    medication: MedicationRecord,
    stopped_on: date | None,
    reason: str,
    revision: int,
    by: User,
    at: datetime,
    far_reason: str = "",
) -> MedicationRecord:
    """`stopped_on`: None where nobody knows the day. `far_reason`: why one far from today is meant. Raises: Conflict, CannotStopMedication."""
    lock_open(medication.patient, CannotStopMedication)
    locked = lock_unchanged(medication, revision=revision)
    if not locked.is_taken:
        raise CannotStopMedication("This is already recorded as stopped.")
    if not reason:
        raise CannotStopMedication("Enter why it was stopped, for example “finished”.")
    locked.stopped_on, locked.stop_reason, locked.stopped_at = stopped_on, reason, at
    _keep_changed(locked, by=by, at=at)
    if stopped_on:
        of = f"{locked.name}, last day taken"
        record_far_day(patient=locked.patient, of=of, day=stopped_on, reason=far_reason, by=by, at=at)
    _record("medication.stopped", locked, by=by, at=at)
    return locked


@audited_transaction()
def restart_medication(
    *, medication: MedicationRecord, revision: int, by: User, at: datetime
) -> MedicationRecord:
    """Undo a stop. Raises: Conflict, CannotRestartMedication."""
    lock_open(medication.patient, CannotRestartMedication)
    locked = lock_unchanged(medication, revision=revision)
    if locked.is_taken:
        raise CannotRestartMedication("This is not recorded as stopped.")
    locked.stopped_on, locked.stop_reason, locked.stopped_at = None, "", None
    _keep_changed(locked, by=by, at=at)
    _record("medication.restarted", locked, by=by, at=at)
    return locked


@audited_transaction()
def review_medications(*, patient: Patient, list_revision: int, by: User, at: datetime) -> MedicationReview:
    """Write down that the list, as it was shown, is complete.

    `list_revision` is `list_revision_of` the records that were shown. Raises: Conflict
    (`current` is the patient), if the list says something else by now; CannotReviewMedications.
    """
    locked = lock_open(patient, CannotReviewMedications)
    revisions = list(locked.medications.values_list("revision", flat=True))
    if list_revision_of(revisions) != list_revision:
        raise Conflict(locked)
    review = MedicationReview.objects.create(
        patient=locked,
        reviewed_by=by,
        reviewed_by_name=by.full_title,
        reviewed_at=at,
        records_count=locked.medications.taken().count(),
    )
    record("medications.reviewed", by=by, at=at, patient_id=locked.pk, subject=str(review.pk))
    return review


def _values(details: MedicationDetails, refusal: type[Refused]) -> dict[str, Any]:
    values = asdict(details) | {"drug": "", "drug_class": ""}
    if filing := filed(details.name):
        values |= asdict(filing) | {"kind": details.kind or filing.kind, "is_not": ""}
    elif details.is_not != near_drugs(details.name):
        raise refusal(f"{near_miss_sentence(details.name)} Say whether it is that.")
    elif not details.kind:
        raise refusal("Choose what kind of thing this is, for example “Prescription”.")
    elif details.sedates == Answer.NO and (
        sedating := [group for group in groups_in(details.name) if group.may_sedate]
    ):
        raise refusal(
            f"“{sedating[0].found}” may be one that sedates. Choose yes or unknown, or type which one it is."
        )
    return values


def _keep_changed(medication: MedicationRecord, *, by: User, at: datetime) -> None:
    medication.changed_at = at
    with_author(medication, by=by, at=at).save()


def _record(action: str, medication: MedicationRecord, *, by: User, at: datetime, **details: Any) -> None:
    record(
        action,
        by=by,
        at=at,
        patient_id=medication.patient_id,
        subject=str(medication.pk),
        details=details,
    )
