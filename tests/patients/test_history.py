from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taperplanner.patients import history
from taperplanner.patients.actions import answer_safety_facts, archive_patient, edit_patient
from taperplanner.patients.details import FactAnswer, MedicationDetails, PatientDetails
from taperplanner.patients.history import Change, HistoryPage, history_page
from taperplanner.patients.medications.actions import edit_medication, stop_medication
from taperplanner.patients.models import Answer, Fact, Patient
from tests.world.universe import NOW, Universe

from ..world.people import ana, build_patient, clonazepam_record, medication_record

ZONE = ZoneInfo("America/New_York")
DETAILS = PatientDetails(mrn="H-1", given_name="Ana", family_name="Rivera", date_of_birth=date(1980, 3, 2))


def _told(page: HistoryPage) -> list[str]:
    return [f"{entry.what} {entry.name} {entry.verb}".replace("  ", " ") for entry in page.entries]


def test_the_newest_change_stands_first_with_who_when_and_from_what_to_what(universe: Universe) -> None:
    ours = universe.ours
    patient = build_patient(ours, mrn="H-1", given_name="Anna", family_name="Rivera", at=NOW)
    hour = timedelta(hours=1)
    edit_patient(patient=patient, details=DETAILS, revision=1, by=ours.staff, at=NOW + hour)
    answer_safety_facts(
        patient=patient,
        answers={Fact.OPIOID_USE: FactAnswer(answer=Answer.UNKNOWN)},
        revision=1,
        by=ours.staff,
        at=NOW + 2 * hour,
    )
    answer_safety_facts(
        patient=patient,
        answers={Fact.OPIOID_USE: FactAnswer(answer=Answer.YES, note="methadone")},
        revision=2,
        by=ours.provider,
        at=NOW + 3 * hour,
    )
    record = medication_record(patient, ours.staff, name="Klonopin", started="2014-03", at=NOW + 4 * hour)
    stop_medication(
        medication=record,
        stopped_on=date(2026, 3, 1),
        reason="Done",
        revision=1,
        by=ours.staff,
        at=NOW + 5 * hour,
    )
    archive_patient(patient=patient, reason="Moved", revision=2, by=ours.staff, at=NOW + 6 * hour)

    page = history_page(patient, zone=ZONE)

    assert _told(page) == [
        "Patient changed",
        "Medication Klonopin changed",
        "Medication Klonopin added",
        "Safety fact Opioid use changed",
        "Safety fact Opioid use added",
        "Patient changed",
        "Patient added",
    ]
    archived, stopped, added, answered, _, edited, first = page.entries
    assert Change("Archived reason", "(nothing)", "Moved") in archived.changes
    assert stopped.changes == (
        Change("Stopped on", "(nothing)", "March 1, 2026"),
        Change("Stop reason", "(nothing)", "Done"),
    )
    assert Change("Started", "(nothing)", "March 2014") in added.changes
    assert Change("Kind", "(nothing)", "Prescription") in added.changes
    assert answered.changes == (Change("Answer", "Unknown", "Yes"), Change("Note", "(nothing)", "methadone"))
    assert (answered.by, answered.at) == ("Priya Provider", "March 2, 2026, 1:00 PM")
    assert Change("Given name", "Anna", "Ana") in edited.changes
    assert first.is_new
    assert page.older == ""


def test_a_save_that_changed_nothing_says_so(universe: Universe) -> None:
    ours = universe.ours
    record = clonazepam_record(ana(ours), ours.staff)
    same = MedicationDetails(
        **{name: getattr(record, name) for name in MedicationDetails.__dataclass_fields__}
    )
    edit_medication(medication=record, details=same, revision=1, by=ours.staff, at=NOW + timedelta(hours=1))

    assert history_page(record.patient, zone=ZONE).entries[0].changes == ()


def _busy(universe: Universe, edits: int) -> Patient:
    """Many changes, some at the very same moment in different tables."""
    ours = universe.ours
    patient = build_patient(ours, mrn=f"H-{edits}", at=NOW)
    details = replace(DETAILS, mrn=f"H-{edits}")
    for number in range(edits):
        moment = NOW + timedelta(minutes=number // 4)
        edit_patient(
            patient=patient,
            details=replace(details, phone=str(number)),
            revision=number + 1,
            by=ours.staff,
            at=moment,
        )
        medication_record(patient, ours.staff, name="Klonopin", strength=str(number), at=moment)
        answer_safety_facts(
            patient=patient,
            answers={Fact.OPIOID_USE: FactAnswer(answer=Answer.YES, note=str(number))},
            revision=number + 1,
            by=ours.staff,
            at=moment,
        )
    return patient


def test_walking_back_shows_each_change_once(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = _busy(universe, 10)
    monkeypatch.setattr(history, "PAGE_SIZE", 1000)
    whole = history_page(patient, zone=ZONE)
    assert len(whole.entries) == 31

    monkeypatch.setattr(history, "PAGE_SIZE", 4)
    walked = []
    page = history_page(patient, zone=ZONE)
    walked += page.entries
    while page.older:
        page = history_page(patient, zone=ZONE, older_than=page.older)
        walked += page.entries
        assert len(walked) <= len(whole.entries)  # or it would walk for ever

    assert walked == whole.entries


@pytest.mark.parametrize("token", ["nonsense", "1_9_1", "٣_0_1", "1" * 40 + "_0_1", "\x00", "-1_0_1"])
def test_a_key_that_is_none_asks_for_the_newest(universe: Universe, token: str) -> None:
    patient = build_patient(universe.ours)

    assert history_page(patient, zone=ZONE, older_than=token) == history_page(patient, zone=ZONE)


def test_the_key_of_the_end_of_time_is_no_fault(universe: Universe) -> None:
    patient = build_patient(universe.ours)
    history_page(patient, zone=ZONE, older_than="9" * 17 + "_0_" + "9" * 9)


def test_the_history_costs_the_same_however_long_it_is(universe: Universe) -> None:
    counts = []
    for edits in (10, 30):
        patient = _busy(universe, edits)
        with CaptureQueriesContext(connection) as queries:
            history_page(patient, zone=ZONE)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 6


def test_the_page_shows_the_history_and_only_this_patients(universe: Universe) -> None:
    ours = universe.ours
    patient, other = ana(ours), build_patient(ours, given_name="Somebody", family_name="Else")
    medication_record(other, ours.staff, name="Percocet")

    page = universe.client_of(ours.staff).get(reverse("patients:patient_history", args=[patient.pk]))

    text = page.content.decode()
    assert "Her brother, every evening" in text
    assert "Percocet" not in text
