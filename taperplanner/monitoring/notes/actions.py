"""A note is written once and never changes; a wrong one is marked as entered in error by a row of its own."""

from __future__ import annotations

from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.models import Patient
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number

from ..models import NoteInError, PatientNote


class CannotWriteNote(Refused):
    pass


class CannotMarkNoteInError(Refused):
    pass


@audited_transaction()
def write_note(*, patient: Patient, text: str, by: User, at: datetime) -> PatientNote:
    """Raises: CannotWriteNote, if archived."""
    locked = lock_open(patient, CannotWriteNote)
    if not text:
        raise CannotWriteNote("Write the note.")
    note = PatientNote.objects.create(
        patient=locked,
        number=next_number(locked.notes.all()),
        text=text,
        written_by=by,
        written_by_name=by.full_title,
        written_at=at,
    )
    record("note.written", by=by, at=at, patient_id=locked.pk, subject=str(note))
    return note


@audited_transaction()
def mark_note_in_error(*, note: PatientNote, reason: str, by: User, at: datetime) -> NoteInError:
    """Raises: CannotMarkNoteInError, if archived or marked already."""
    lock_open(note.patient, CannotMarkNoteInError)
    if not reason:
        raise CannotMarkNoteInError("Write what was wrong.")
    if NoteInError.objects.filter(note=note).exists():
        raise CannotMarkNoteInError("This is marked as entered in error already.")
    error = NoteInError.objects.create(
        note=note, reason=reason, marked_by=by, marked_by_name=by.full_title, marked_at=at
    )
    record("note.entered_in_error", by=by, at=at, patient_id=note.patient_id, subject=str(note))
    return error
