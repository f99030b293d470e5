"""Days of the medication list: one far from its neighbours is asked about, an impossible one is refused."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.patients.models import FarDay, MedicationRecord, Patient
from tests.world.patient_pages import patient_url, text_of
from tests.world.people import ana, clonazepam_record
from tests.world.universe import Universe

STOPPED = {"revision": "1", "stopped_on": "03/01/2020", "reason": "Finished"}


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def record(universe: Universe, patient: Patient) -> MedicationRecord:
    return clonazepam_record(patient, universe.ours.provider)


def test_a_last_day_of_years_ago_is_asked_about_and_kept_with_its_reason(
    patient: Patient, record: MedicationRecord, staff: Client
) -> None:
    address = patient_url("medication_stop", patient, record)
    page = text_of(staff.post(address, STOPPED))
    assert "Sunday, March 1, 2020 is 6 years before today. Correct the date, or write why" in page
    record.refresh_from_db()
    assert record.is_taken
    staff.post(address, STOPPED | {"stopped_on_far_20200301": "The list was never put right"})
    record.refresh_from_db()
    assert not record.is_taken
    far = FarDay.objects.get()
    assert (far.patient, far.of, far.day.year) == (patient, f"{record.name}, last day taken", 2020)


def test_a_last_day_of_last_month_asks_nothing(
    patient: Patient, record: MedicationRecord, staff: Client
) -> None:
    staff.post(patient_url("medication_stop", patient, record), STOPPED | {"stopped_on": "02/01/2026"})
    record.refresh_from_db()
    assert not record.is_taken
    assert not FarDay.objects.exists()


@pytest.mark.parametrize(
    ("started", "is_refused"),
    [("03/01/1980", True), ("02/1980", True), ("1979", True), ("03/02/1980", False), ("03/1980", False), ("1980", False)],
)  # fmt: skip
def test_nothing_was_taken_before_the_patient_was_born(
    patient: Patient, staff: Client, started: str, is_refused: bool
) -> None:
    given = {"name": "clonazepam", "use": "regular", "started": started}
    page = text_of(staff.post(patient_url("medication_add", patient), given, follow=True))
    refusal = "This is before the patient was born, March 2, 1980. Check both dates."
    assert (refusal in page) == is_refused
    assert patient.medications.exists() != is_refused
