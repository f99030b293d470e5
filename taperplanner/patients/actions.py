"""What is done to a patient's own record and to the safety facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Upper

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Conflict, Refused, lock_unchanged

from .details import ARCHIVED, FactAnswer, PatientDetails
from .found_by import found_by
from .models import Fact, FarDay, Patient, SafetyFact, SearchKey
from .names import name_key
from .restricted.rule import closed_with_mrn
from .rows import lock_open, with_author


class CannotAddPatient(Refused):
    pass


class CannotEditPatient(Refused):
    pass


class CannotArchivePatient(Refused):
    pass


class CannotRestorePatient(Refused):
    pass


class CannotAnswerSafetyFacts(Refused):
    pass


class CannotSavePaperPreferences(Refused):
    pass


@audited_transaction()
def add_patient(*, clinic: Clinic, details: PatientDetails, by: User, at: datetime) -> Patient:
    """Raises: CannotAddPatient, if the MRN is another patient's."""
    patient = Patient(clinic=clinic)
    _write(patient, details, CannotAddPatient, by=by, at=at)
    record("patient.added", by=by, at=at, patient_id=patient.pk)
    return patient


@audited_transaction()
def edit_patient(
    *, patient: Patient, details: PatientDetails, revision: int, by: User, at: datetime
) -> Patient:
    """Raises: Conflict; CannotEditPatient, if archived or if the MRN is another patient's."""
    locked = lock_unchanged(patient, revision=revision)
    if locked.archived_at:
        raise CannotEditPatient(ARCHIVED)
    changed = [name for name, value in asdict(details).items() if getattr(locked, name) != value]
    _write(locked, details, CannotEditPatient, by=by, at=at)
    record("patient.edited", by=by, at=at, patient_id=locked.pk, details={"fields": changed})
    return locked


@audited_transaction()
def save_paper_preferences(
    *, patient: Patient, language: str, letter_size: str, by: User, at: datetime
) -> Patient:
    """How their handouts are printed from now on. Raises: CannotSavePaperPreferences, if archived."""
    locked = lock_open(patient, CannotSavePaperPreferences)
    if (locked.paper_language, locked.letter_size) == (language, letter_size):
        return locked
    locked.paper_language, locked.letter_size = language, letter_size
    locked.revision += 1
    with_author(locked, by=by, at=at).save()
    record(
        "patient.edited",
        by=by,
        at=at,
        patient_id=locked.pk,
        details={"fields": ["paper_language", "letter_size"]},
    )
    return locked


@audited_transaction()
def archive_patient(*, patient: Patient, reason: str, revision: int, by: User, at: datetime) -> Patient:
    """Take out of the list; nothing is deleted. Raises: Conflict, CannotArchivePatient."""
    locked = lock_unchanged(patient, revision=revision)
    if locked.archived_at:
        raise CannotArchivePatient("This patient is already archived.")
    if not reason:
        raise CannotArchivePatient("Enter why this patient is archived, for example “moved away”.")
    locked.archived_at, locked.archived_reason = at, reason
    with_author(locked, by=by, at=at).save()
    _write_keys(locked)
    record("patient.archived", by=by, at=at, patient_id=locked.pk)
    return locked


@audited_transaction()
def restore_patient(*, patient: Patient, revision: int, by: User, at: datetime) -> Patient:
    """Raises: Conflict, CannotRestorePatient."""
    locked = lock_unchanged(patient, revision=revision)
    if not locked.archived_at:
        raise CannotRestorePatient("This patient is not archived.")
    locked.archived_at, locked.archived_reason = None, ""
    with_author(locked, by=by, at=at).save()
    _write_keys(locked)
    record("patient.restored", by=by, at=at, patient_id=locked.pk)
    return locked


@audited_transaction()
def answer_safety_facts(
    *, patient: Patient, answers: Mapping[Fact, FactAnswer], revision: int, by: User, at: datetime
) -> list[SafetyFact]:
    """Write the answers that are new or differ; a fact that is not among them stays as it is.

    `revision` is the patient's `safety_facts_revision`. Returns what was written.
    Raises: Conflict (`current` is the patient), CannotAnswerSafetyFacts.
    """
    locked = lock_open(patient, CannotAnswerSafetyFacts)
    if locked.safety_facts_revision != revision:
        raise Conflict(locked)
    rows = {Fact(row.fact): row for row in locked.safety_facts.all()}
    written = []
    for fact, given in answers.items():
        row = rows.get(fact) or SafetyFact(patient=locked, fact=fact)
        if (row.answer, row.note) != (given.answer, given.note):
            row.answer, row.note, row.answered_by, row.answered_at = given.answer, given.note, by, at
            with_author(row, by=by, at=at).save()
            written.append(row)
    # Not `save()`: this number alone is no change that needs a row of history.
    Patient.objects.filter(pk=locked.pk).update(safety_facts_revision=F("safety_facts_revision") + 1)
    facts = sorted(row.fact for row in written)
    record("safety_facts.answered", by=by, at=at, patient_id=locked.pk, details={"facts": facts})
    return written


@audited_transaction()
def record_far_day(
    *, patient: Patient, of: str, day: date, reason: str, by: User, at: datetime
) -> FarDay | None:
    """Why a date far from the dates around it is correct. None where no reason was asked: it is near."""
    if not reason:
        return None
    far = FarDay.objects.create(
        patient=patient, of=of, day=day, reason=reason, said_by=by, said_by_name=by.full_title, said_at=at
    )
    record("far_day.kept", by=by, at=at, patient_id=patient.pk, subject=of)
    return far


def _write(
    patient: Patient, details: PatientDetails, refusal: type[Refused], *, by: User, at: datetime
) -> None:
    if _mrn_is_taken(patient, details.mrn):
        raise refusal(_mrn_taken(details.mrn, by))
    for name, value in asdict(details).items():
        setattr(patient, name, value)
    patient.sort_key = name_key(details.family_name, details.given_name)
    try:
        with transaction.atomic():
            with_author(patient, by=by, at=at).save()
    except IntegrityError:
        # Somebody may have taken the number between the check and the save; anything else is a bug.
        if not _mrn_is_taken(patient, details.mrn):
            raise
        raise refusal(_mrn_taken(details.mrn, by)) from None
    _write_keys(patient)


def _write_keys(patient: Patient) -> None:
    patient.search_keys.all().delete()
    SearchKey.objects.bulk_create(
        SearchKey(patient=patient, clinic_id=patient.clinic_id, key=key) for key in found_by(patient)
    )


def _mrn_is_taken(patient: Patient, mrn: str) -> bool:
    others = Patient.objects.filter(clinic_id=patient.clinic_id).exclude(pk=patient.pk)
    return others.annotate(upper_mrn=Upper("mrn")).filter(upper_mrn=Upper(Value(mrn))).exists()


def _mrn_taken(mrn: str, by: User) -> str:
    if closed_with_mrn(by, mrn):
        return f"A record with the MRN {mrn} is restricted. Check the number; nothing was saved."
    return (
        f"Another patient of this clinic already has the MRN {mrn}. Check the number, or find that patient."
    )
