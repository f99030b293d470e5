"""A note on a patient has a date and an author, never changes, changes no schedule, and goes on no paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.append_only import NeverChanges
from taperplanner.audit.models import Event
from taperplanner.fields import DoseField, QuantityField, WholeNumberField
from taperplanner.monitoring.models import NoteInError, PatientNote
from taperplanner.monitoring.notes.actions import (
    CannotMarkNoteInError,
    CannotWriteNote,
    mark_note_in_error,
    write_note,
)
from taperplanner.monitoring.notes.forms import NoteForm
from taperplanner.monitoring.notes.lines import ON_A_PAGE, ON_PATIENT_PAGE
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan

from ..world.course import note_on, words_of
from ..world.people import build_patient
from ..world.restricted import restrict
from ..world.universe import NOW, Universe

SAYS: Final = "A note changes no schedule and is not printed on the handout."


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return build_patient(universe.ours)


def address(patient: Patient, rest: str = "") -> str:
    return f"/patients/{patient.pk}/notes/{rest}"


def test_staff_and_providers_write_one_of_several_lines_and_it_stands_with_its_date_and_author(
    patient: Patient, staff: Client, provider: Client
) -> None:
    assert SAYS in words_of(staff.get(address(patient, "add/")))
    sent = staff.post(address(patient, "add/"), {"text": "  Works nights.\r\n\r\nRing after 4 PM. "})
    assert sent.url == patient.get_absolute_url()
    provider.post(address(patient, "add/"), {"text": "Prefers letters."})
    page = staff.get(patient.get_absolute_url())
    assert "Works nights.\n\nRing after 4 PM.</bdi>" in page.content.decode()
    words = words_of(page)
    assert "March 2, 2026, 10:00 AM , Sam Staff, RN" in words
    assert words.index("Prefers letters.") < words.index("Works nights.")
    assert SAYS in words


def test_the_managers_neither_read_nor_write_them(universe: Universe, patient: Patient) -> None:
    manager = universe.client_of(universe.ours.manager)
    for rest in ("", "add/"):
        assert manager.get(address(patient, rest)).status_code == 403


def test_the_patients_page_has_the_newest_and_all_of_them_stand_on_pages(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    for number in range(1, ON_A_PAGE + 2):
        note_on(patient, universe.ours, f"Note <{number}>", at=NOW + timedelta(minutes=number))
    page = words_of(staff.get(patient.get_absolute_url()))
    assert page.count("Note <") == ON_PATIENT_PAGE
    assert f"Note <{ON_A_PAGE + 1}>" in page
    assert f"All notes ({ON_A_PAGE + 1})" in page
    first, second = (words_of(staff.get(address(patient), {"page": one})) for one in ("", "2"))
    assert "Page 1 of 2" in first
    assert "Note <1>" not in first
    assert (second.count("Note <"), "Note <1>" in second) == (1, True)


def test_a_wrong_one_is_marked_with_a_reason_and_leaves_the_patients_page_and_stays_readable(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    note = note_on(patient, universe.ours, "Lives with his sister.")
    mark = address(patient, f"{note.number}/in-error/")
    assert "Lives with his sister." in words_of(staff.get(mark))
    assert "Write what was wrong." in words_of(staff.post(mark, {"reason": ""}))
    staff.post(mark, {"reason": "Another patient"})
    page = words_of(staff.get(patient.get_absolute_url()))
    assert "Lives with his sister." not in page
    assert "All notes (1)" in page
    everything = words_of(staff.get(address(patient)))
    for words in (
        "Lives with his sister.",
        "entered in error",
        "What was wrong: Another patient (Sam Staff, RN)",
    ):
        assert words in everything
    assert "is marked as entered in error already" in words_of(staff.get(mark))
    with pytest.raises(CannotMarkNoteInError):
        mark_note_in_error(note=note, reason="Again", by=universe.ours.staff, at=NOW)


def test_it_never_changes(universe: Universe, patient: Patient) -> None:
    note = note_on(patient, universe.ours)
    note.text = "Something else"
    with pytest.raises(NeverChanges):
        note.save()
    with pytest.raises(NeverChanges):
        patient.notes.update(text="Something else")


def test_the_database_keeps_no_empty_note_and_no_mark_without_a_reason(
    universe: Universe, patient: Patient
) -> None:
    by = universe.ours.staff
    note = note_on(patient, universe.ours)
    written = {"written_by": by, "written_by_name": by.name, "written_at": NOW}
    marked = {"marked_by": by, "marked_by_name": by.name, "marked_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        PatientNote.objects.create(patient=patient, number=2, text="", **written)
    with pytest.raises(IntegrityError), transaction.atomic():
        PatientNote.objects.create(patient=patient, number=1, text="Twice", **written)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoteInError.objects.create(note=note, reason="", **marked)


def test_the_audit_log_says_that_it_was_written_and_not_what(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    staff.post(address(patient, "add/"), {"text": "Zanzibar"})
    staff.post(address(patient, "1/in-error/"), {"reason": "Timbuktu"})
    events = Event.objects.filter(patient_id=patient.pk, action__startswith="note.")
    assert sorted(events.values_list("action", "subject")) == [
        ("note.entered_in_error", "note 1"),
        ("note.written", "note 1"),
    ]
    for event in Event.objects.filter(clinic_id=patient.clinic_id):
        said = f"{event.subject} {event.details} {event.sentence}"
        assert "Zanzibar" not in said
        assert "Timbuktu" not in said


def test_it_has_no_field_for_a_dose_and_touches_no_plan(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    form = NoteForm()
    assert list(form.fields) == ["text"]
    assert not isinstance(form.fields["text"], DoseField | QuantityField | WholeNumberField)
    version = plan.versions.get()
    before = (version.content_hash, plan.revision, plan.versions.count())
    staff.post(address(plan.patient, "add/"), {"text": "Says they take 1 mg now."})
    assert PatientNote.objects.count() == 1
    plan.refresh_from_db()
    assert (plan.versions.get().content_hash, plan.revision, plan.versions.count()) == before


def test_no_paper_has_it(universe: Universe, plan: Plan, staff: Client) -> None:
    note_on(plan.patient, universe.ours, "Quokkas in the garden.")
    for rest in ("versions/1/handout/", "versions/1/handout.txt", "summary/"):
        answer = staff.get(f"{plan.get_absolute_url()}{rest}")
        assert b"Quokkas" not in answer.content


def test_of_an_archived_patient_they_are_read_and_none_is_written(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    note = note_on(patient, universe.ours, "Moved in May.")
    archive_patient(
        patient=patient, reason="Moved", revision=patient.revision, by=universe.ours.staff, at=NOW
    )
    page = words_of(staff.get(address(patient)))
    assert "Moved in May." in page
    assert "Write a note" not in page
    assert staff.get(address(patient, "add/")).status_code == 302
    with pytest.raises(CannotWriteNote):
        write_note(patient=patient, text="Late", by=universe.ours.staff, at=NOW)
    with pytest.raises(CannotMarkNoteInError):
        mark_note_in_error(note=note, reason="Late", by=universe.ours.staff, at=NOW)


def test_those_of_a_restricted_record_are_closed_with_it(
    universe: Universe, patient: Patient, staff: Client, provider: Client
) -> None:
    note_on(patient, universe.ours, "Works here.")
    restrict(patient, universe.ours)
    for rest in ("", "add/", "1/in-error/"):
        answer = staff.get(address(patient, rest))
        assert answer.status_code == 403
        assert "Works here." not in words_of(answer)
    assert "Works here." in words_of(provider.get(address(patient)))


def test_a_note_that_is_too_long_is_said_and_nothing_is_cut(patient: Patient, staff: Client) -> None:
    answer = staff.post(address(patient, "add/"), {"text": "a" * 2001})
    assert "Keep this to 2000 characters; it now has 2001." in words_of(answer)
    assert "a" * 2001 in answer.content.decode()
    assert not PatientNote.objects.exists()
