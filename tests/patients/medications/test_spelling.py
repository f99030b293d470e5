"""Directions that can be misread are pointed out, and changed or kept only by their author."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.patients.models import MedicationRecord, Patient

from ...world.people import ana
from ...world.universe import Universe

UNSAFE = {"name": "sertraline", "use": "regular", "directions": "Take 1/2 tab QD"}


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def add(staff: Client, patient: Patient, **typed: str) -> str:
    return staff.post(
        f"/patients/{patient.pk}/medications/add/", UNSAFE | typed, follow=True
    ).content.decode()


def test_they_are_pointed_out_with_the_safe_spelling_and_stay_as_typed(
    staff: Client, patient: Patient
) -> None:
    page = add(staff, patient)
    assert "“QD” can be misread. Write “daily”." in page
    assert "Use the safe spelling: “Take half a tablet daily”" in page
    assert ">Take 1/2 tab QD</textarea>" in page.replace(">\n", ">")
    assert not MedicationRecord.objects.exists()


def test_the_safe_spelling_is_written_only_when_its_author_accepts_it(
    staff: Client, patient: Patient
) -> None:
    add(staff, patient, use_safe_spelling="on")
    assert MedicationRecord.objects.get().directions == "Take half a tablet daily"


def test_they_are_kept_with_a_reason_that_stands_on_the_list(staff: Client, patient: Patient) -> None:
    page = add(staff, patient, spelling_reason="Copied from the label")
    assert MedicationRecord.objects.get().directions == "Take 1/2 tab QD"
    assert "Copied from the label" in page


def test_directions_that_are_plain_ask_nothing(staff: Client, patient: Patient) -> None:
    form = staff.get(f"/patients/{patient.pk}/medications/add/").content.decode()
    assert "safe spelling" not in form
    add(staff, patient, directions="Take half a tablet daily")
    assert MedicationRecord.objects.get().directions == "Take half a tablet daily"


def test_what_has_more_than_one_meaning_is_left_to_its_author(staff: Client, patient: Patient) -> None:
    page = add(staff, patient, directions="1 tablet QD HS", use_safe_spelling="on")
    assert "has more than one meaning" in page
    assert not MedicationRecord.objects.exists()
