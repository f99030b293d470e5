from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from taperplanner.audit.models import Event
from taperplanner.patients.actions import (
    CannotAddPatient,
    CannotAnswerSafetyFacts,
    CannotArchivePatient,
    CannotEditPatient,
    CannotRestorePatient,
    add_patient,
    answer_safety_facts,
    archive_patient,
    edit_patient,
    restore_patient,
)
from taperplanner.patients.details import FactAnswer, PatientDetails
from taperplanner.patients.models import Answer, Fact, Patient
from taperplanner.saving import Conflict
from tests.world.universe import NOW, House, Universe

from ..world.people import ana, build_patient

LATER = NOW + timedelta(hours=1)
DETAILS = PatientDetails(
    mrn="A-1001",
    given_name="Ana",
    family_name="Rivera",
    date_of_birth=date(1980, 3, 2),
    preferred_name="Nita",
)


def _archived(house: House) -> Patient:
    return archive_patient(
        patient=build_patient(house), reason="Moved away", revision=1, by=house.provider, at=NOW
    )


def _found(house: House, text: str) -> list[Patient]:
    return list(house.clinic.patients.found_by(text, clinic=house.clinic))


def test_add_patient_writes_the_patient_its_keys_its_history_and_one_event(universe: Universe) -> None:
    ours = universe.ours
    events = Event.objects.count()

    added = add_patient(clinic=ours.clinic, details=DETAILS, by=ours.staff, at=LATER)

    patient = Patient.objects.get(pk=added.pk)
    assert (patient.full_name, patient.mrn, patient.revision) == ("Ana Rivera", "A-1001", 1)
    assert _found(ours, "nita") == [patient]
    kept = patient.history.get()
    assert (kept.history_user, kept.history_date, kept.history_type) == (ours.staff, LATER, "+")
    event = Event.objects.latest("at", "id")
    assert Event.objects.count() == events + 1
    assert (event.action, event.patient_id, event.user_id) == ("patient.added", patient.pk, ours.staff.pk)


@pytest.mark.parametrize("mrn", ["A-1001", "a-1001"])
def test_add_patient_refuses_an_mrn_that_another_patient_of_the_clinic_has(
    universe: Universe, mrn: str
) -> None:
    ana(universe.ours)

    with pytest.raises(CannotAddPatient, match=f"already has the MRN {mrn}"):
        add_patient(
            clinic=universe.ours.clinic, details=replace(DETAILS, mrn=mrn), by=universe.ours.staff, at=NOW
        )

    assert Patient.objects.count() == 1


def test_two_clinics_may_use_the_same_mrn(universe: Universe) -> None:
    assert ana(universe.ours).mrn == ana(universe.theirs).mrn


def test_of_two_who_add_the_same_mrn_at_once_the_second_is_told(
    universe: Universe, blind_look: Callable[[], None]
) -> None:
    ana(universe.ours)
    blind_look()

    with pytest.raises(CannotAddPatient, match="already has the MRN"):
        add_patient(clinic=universe.ours.clinic, details=DETAILS, by=universe.ours.staff, at=NOW)

    assert Patient.objects.count() == 1


def test_of_two_who_change_to_the_same_mrn_at_once_the_second_is_told(
    universe: Universe, blind_look: Callable[[], None]
) -> None:
    ana(universe.ours)
    other = build_patient(universe.ours)
    blind_look()

    with pytest.raises(CannotEditPatient, match="already has the MRN"):
        edit_patient(patient=other, details=DETAILS, revision=1, by=universe.ours.staff, at=NOW)


def test_edit_patient_rewrites_the_search_keys_in_the_same_breath(universe: Universe) -> None:
    ours = universe.ours
    patient = ana(ours)
    details = replace(DETAILS, family_name="Okonkwo", preferred_name="")

    edited = edit_patient(patient=patient, details=details, revision=1, by=ours.staff, at=LATER)

    assert edited.revision == 2
    assert _found(ours, "okonkwo") == [patient]
    assert _found(ours, "rivera") == []
    assert _found(ours, "nita") == []
    event = Event.objects.latest("at", "id")
    assert event.action == "patient.edited"
    assert {"family_name", "preferred_name"} <= set(event.details["fields"])
    assert "Okonkwo" not in str(event.details)


def test_edit_patient_refuses_an_old_revision_and_changes_nothing(universe: Universe) -> None:
    ours = universe.ours
    patient = ana(ours)
    edit_patient(patient=patient, details=replace(DETAILS, phone="1"), revision=1, by=ours.staff, at=NOW)

    with pytest.raises(Conflict) as raised:
        edit_patient(
            patient=patient, details=replace(DETAILS, phone="2"), revision=1, by=ours.provider, at=NOW
        )

    assert raised.value.current.phone == "1"
    patient.refresh_from_db()
    assert (patient.phone, patient.revision) == ("1", 2)


def test_archive_and_restore_keep_everything_and_leave_events(universe: Universe) -> None:
    ours = universe.ours
    patient = ana(ours)

    archived = archive_patient(patient=patient, reason="Moved away", revision=1, by=ours.staff, at=LATER)
    assert (archived.archived_at, archived.archived_reason) == (LATER, "Moved away")
    assert list(ours.clinic.patients.active()) == []
    restored = restore_patient(patient=patient, revision=2, by=ours.staff, at=LATER)

    assert (restored.archived_at, restored.archived_reason, restored.revision) == (None, "", 3)
    actions_done = Event.objects.filter(patient_id=patient.pk).values_list("action", flat=True)
    assert {"patient.archived", "patient.restored"} <= set(actions_done)


def test_archiving_twice_without_a_reason_or_from_an_old_page_is_refused(universe: Universe) -> None:
    ours = universe.ours
    patient = build_patient(ours)
    given: dict[str, Any] = {"patient": patient, "by": ours.staff, "at": NOW}

    with pytest.raises(CannotArchivePatient, match="Enter why"):
        archive_patient(**given, reason="", revision=1)
    with pytest.raises(Conflict):
        archive_patient(**given, reason="Moved", revision=0)
    archive_patient(**given, reason="Moved", revision=1)
    with pytest.raises(CannotArchivePatient, match="already archived"):
        archive_patient(**given, reason="Moved", revision=2)


def test_restoring_who_is_not_archived_or_from_an_old_page_is_refused(universe: Universe) -> None:
    ours = universe.ours
    with pytest.raises(CannotRestorePatient, match="not archived"):
        restore_patient(patient=build_patient(ours), revision=1, by=ours.staff, at=NOW)
    with pytest.raises(Conflict):
        restore_patient(patient=_archived(ours), revision=1, by=ours.staff, at=NOW)


def test_an_archived_patient_is_read_only_until_restored(universe: Universe) -> None:
    ours = universe.ours
    patient = _archived(ours)

    with pytest.raises(CannotEditPatient, match="Restore the patient first"):
        edit_patient(patient=patient, details=DETAILS, revision=2, by=ours.staff, at=NOW)
    with pytest.raises(CannotAnswerSafetyFacts, match="Restore the patient first"):
        answer_safety_facts(patient=patient, answers={}, revision=1, by=ours.staff, at=NOW)


def test_answers_are_written_by_whom_and_when_and_only_where_they_differ(universe: Universe) -> None:
    ours = universe.ours
    patient = build_patient(ours)
    first = {
        Fact.OPIOID_USE: FactAnswer(answer=Answer.NO),
        Fact.ALCOHOL_USE: FactAnswer(answer=Answer.UNKNOWN, note="would not say"),
    }
    answer_safety_facts(patient=patient, answers=first, revision=1, by=ours.staff, at=NOW)

    second = first | {Fact.OPIOID_USE: FactAnswer(answer=Answer.YES)}
    written = answer_safety_facts(patient=patient, answers=second, revision=2, by=ours.provider, at=LATER)

    assert [row.fact for row in written] == [Fact.OPIOID_USE]
    rows = {row.fact: row for row in patient.safety_facts.all()}
    assert set(rows) == set(first)  # what was not asked has no row
    assert (rows[Fact.OPIOID_USE].answer, rows[Fact.OPIOID_USE].answered_by) == (Answer.YES, ours.provider)
    assert (rows[Fact.ALCOHOL_USE].answered_by, rows[Fact.ALCOHOL_USE].answered_at) == (ours.staff, NOW)
    assert Event.objects.latest("at", "id").details == {"facts": ["opioid_use"]}


def test_answers_from_an_old_page_are_refused_and_change_nothing(universe: Universe) -> None:
    ours = universe.ours
    patient = build_patient(ours)
    yes, no = ({Fact.OPIOID_USE: FactAnswer(answer=answer)} for answer in (Answer.YES, Answer.NO))
    answer_safety_facts(patient=patient, answers=yes, revision=1, by=ours.staff, at=NOW)

    with pytest.raises(Conflict):
        answer_safety_facts(patient=patient, answers=no, revision=1, by=ours.provider, at=NOW)

    assert patient.safety_facts.get().answer == Answer.YES


def test_answering_facts_does_not_count_as_an_edit_of_the_details(universe: Universe) -> None:
    patient = ana(universe.ours)  # all facts answered after adding

    assert patient.revision == 1
    assert patient.safety_facts_revision == 2
    assert patient.history.count() == 1


def test_no_event_of_this_room_holds_a_name_or_free_text(universe: Universe) -> None:
    patient = ana(universe.ours)
    archive_patient(patient=patient, reason="Moved to Kansas", revision=1, by=universe.ours.staff, at=NOW)

    for event in Event.objects.filter(patient_id=patient.pk):
        told = f"{event.subject} {event.details}"
        assert not any(word in told for word in ("Ana", "Rivera", "A-1001", "Kansas", "Penicillin"))
