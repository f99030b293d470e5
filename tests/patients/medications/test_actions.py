from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from taperplanner.audit.models import Event
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.details import MedicationDetails
from taperplanner.patients.medications.actions import (
    CannotAddMedication,
    CannotEditMedication,
    CannotRestartMedication,
    CannotReviewMedications,
    CannotStopMedication,
    add_medication,
    edit_medication,
    restart_medication,
    review_medications,
    stop_medication,
)
from taperplanner.patients.medications.reviews import list_revision_of
from taperplanner.patients.models import Answer, Kind, MedicationRecord, MedicationReview, Patient
from taperplanner.saving import Conflict
from tests.world.people import ana, clonazepam_record, medication_record
from tests.world.universe import NOW, Universe

LATER = NOW + timedelta(hours=1)


def _revision(patient: Patient) -> int:
    return list_revision_of(list(patient.medications.values_list("revision", flat=True)))


def _events(record: MedicationRecord) -> list[str]:
    return list(
        Event.objects.filter(subject=str(record.pk)).order_by("at", "id").values_list("action", flat=True)
    )


def test_a_name_the_vocabulary_knows_is_filed_whatever_was_answered(universe: Universe) -> None:
    record = medication_record(ana(universe.ours), universe.ours.staff, name="Klonopin", sedates=Answer.NO)

    record.refresh_from_db()
    assert (record.name, record.drug, record.drug_class) == ("Klonopin", "clonazepam", "benzodiazepine")
    assert (record.sedates, record.kind) == (Answer.YES, Kind.PRESCRIPTION)
    assert record.history.get().history_user == universe.ours.staff
    assert _events(record) == ["medication.added"]


def test_free_text_stands_as_typed_with_the_answer_that_was_given(universe: Universe) -> None:
    record = medication_record(
        ana(universe.ours), universe.ours.staff, name="Wonder root", kind=Kind.SUPPLEMENT, sedates=Answer.YES
    )

    assert (record.drug, record.drug_class, record.sedates) == ("", "", Answer.YES)


def test_free_text_without_a_kind_is_refused(universe: Universe) -> None:
    with pytest.raises(CannotAddMedication, match="Choose what kind"):
        medication_record(ana(universe.ours), universe.ours.staff, name="Wonder root")


def test_a_kind_that_was_chosen_wins_over_the_usual_one(universe: Universe) -> None:
    record = medication_record(
        ana(universe.ours), universe.ours.staff, name="Ibuprofen", kind=Kind.PRESCRIPTION
    )

    assert record.kind == Kind.PRESCRIPTION


def test_an_edit_to_a_name_nobody_knows_takes_the_filing_away(universe: Universe) -> None:
    record = clonazepam_record(ana(universe.ours), universe.ours.staff)
    details = MedicationDetails(name="Wonder root", kind=Kind.SUPPLEMENT)

    edited = edit_medication(
        medication=record, details=details, revision=1, by=universe.ours.provider, at=LATER
    )

    assert (edited.drug, edited.drug_class, edited.sedates) == ("", "", Answer.UNKNOWN)
    assert (edited.revision, edited.changed_at) == (2, LATER)
    event = Event.objects.latest("at", "id")
    assert {"name", "drug", "drug_class"} <= set(event.details["fields"])
    assert "Wonder" not in str(event.details)


def test_an_edit_from_an_old_page_is_refused_and_changes_nothing(universe: Universe) -> None:
    record = clonazepam_record(ana(universe.ours), universe.ours.staff)
    given: dict[str, Any] = {"medication": record, "revision": 1, "by": universe.ours.staff, "at": LATER}
    edit_medication(**given, details=MedicationDetails(name="Klonopin", strength="1 mg"))

    with pytest.raises(Conflict):
        edit_medication(**given, details=MedicationDetails(name="Klonopin", strength="2 mg"))

    record.refresh_from_db()
    assert record.strength == "1 mg"


def test_a_stop_keeps_the_record_and_restart_undoes_it(universe: Universe) -> None:
    ours = universe.ours
    patient = ana(ours)
    record = clonazepam_record(patient, ours.staff)

    stopped = stop_medication(
        medication=record, stopped_on=date(2026, 3, 1), reason="Finished", revision=1, by=ours.staff, at=LATER
    )
    assert (stopped.stopped_on, stopped.stop_reason, stopped.stopped_at) == (
        date(2026, 3, 1),
        "Finished",
        LATER,
    )
    assert list(patient.medications.taken()) == []
    restarted = restart_medication(
        medication=record, revision=2, by=ours.staff, at=LATER + timedelta(hours=1)
    )

    assert (restarted.stopped_on, restarted.stop_reason, restarted.stopped_at) == (None, "", None)
    assert _events(record) == ["medication.added", "medication.stopped", "medication.restarted"]
    assert record.history.count() == 3


def test_a_stop_on_a_day_nobody_knows_is_still_a_stop(universe: Universe) -> None:
    record = clonazepam_record(ana(universe.ours), universe.ours.staff)

    stopped = stop_medication(
        medication=record, stopped_on=None, reason="Ran out", revision=1, by=universe.ours.staff, at=NOW
    )

    assert not stopped.is_taken
    assert stopped.stopped_on is None


def test_stopping_twice_without_a_reason_or_from_an_old_page_is_refused(universe: Universe) -> None:
    record = clonazepam_record(ana(universe.ours), universe.ours.staff)
    given: dict[str, Any] = {"medication": record, "stopped_on": None, "by": universe.ours.staff, "at": NOW}

    with pytest.raises(CannotStopMedication, match="Enter why"):
        stop_medication(**given, reason="", revision=1)
    with pytest.raises(Conflict):
        stop_medication(**given, reason="Finished", revision=9)
    stop_medication(**given, reason="Finished", revision=1)
    with pytest.raises(CannotStopMedication, match="already recorded as stopped"):
        stop_medication(**given, reason="Finished", revision=2)


def test_restarting_what_is_taken_or_from_an_old_page_is_refused(universe: Universe) -> None:
    record = clonazepam_record(ana(universe.ours), universe.ours.staff)
    given: dict[str, Any] = {"medication": record, "by": universe.ours.staff, "at": NOW}

    with pytest.raises(CannotRestartMedication, match="not recorded as stopped"):
        restart_medication(**given, revision=1)
    with pytest.raises(Conflict):
        restart_medication(**given, revision=2)


def test_a_review_says_by_whom_and_when_and_how_many(universe: Universe) -> None:
    ours = universe.ours
    patient = ana(ours)
    clonazepam_record(patient, ours.staff)
    stopped = medication_record(patient, ours.staff, name="Amoxicillin")
    stop_medication(medication=stopped, stopped_on=None, reason="Done", revision=1, by=ours.staff, at=NOW)

    review = review_medications(patient=patient, list_revision=_revision(patient), by=ours.staff, at=LATER)

    assert (review.reviewed_by, review.reviewed_by_name, review.reviewed_at) == (
        ours.staff,
        "Sam Staff, RN",
        LATER,
    )
    assert review.records_count == 1
    assert Event.objects.latest("at", "id").action == "medications.reviewed"


def test_a_list_that_changed_since_it_was_shown_cannot_be_called_complete(universe: Universe) -> None:
    ours = universe.ours
    patient = ana(ours)
    record = clonazepam_record(patient, ours.staff)
    shown = _revision(patient)

    def refused() -> None:
        with pytest.raises(Conflict):
            review_medications(patient=patient, list_revision=shown, by=ours.staff, at=LATER)

    medication_record(patient, ours.provider, name="Percocet")
    refused()
    shown = _revision(patient)
    stop_medication(medication=record, stopped_on=None, reason="Done", revision=1, by=ours.provider, at=NOW)
    refused()
    assert MedicationReview.objects.count() == 0


def test_an_empty_list_can_be_called_complete(universe: Universe) -> None:
    review = review_medications(patient=ana(universe.ours), list_revision=0, by=universe.ours.staff, at=NOW)

    assert review.records_count == 0


def test_the_list_of_an_archived_patient_is_read_only(universe: Universe) -> None:
    ours = universe.ours
    patient = ana(ours)
    record = clonazepam_record(patient, ours.staff)
    archive_patient(patient=patient, reason="Moved", revision=1, by=ours.staff, at=NOW)
    by: dict[str, Any] = {"by": ours.staff, "at": LATER}
    details = MedicationDetails(name="Percocet")

    with pytest.raises(CannotAddMedication, match="Restore the patient first"):
        add_medication(patient=patient, details=details, **by)
    with pytest.raises(CannotEditMedication, match="Restore the patient first"):
        edit_medication(medication=record, details=details, revision=1, **by)
    with pytest.raises(CannotStopMedication, match="Restore the patient first"):
        stop_medication(medication=record, stopped_on=None, reason="x", revision=1, **by)
    with pytest.raises(CannotRestartMedication, match="Restore the patient first"):
        restart_medication(medication=record, revision=1, **by)
    with pytest.raises(CannotReviewMedications, match="Restore the patient first"):
        review_medications(patient=patient, list_revision=1, **by)
