from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from taperplanner.patients.medications.actions import stop_medication
from taperplanner.patients.models import Answer, Kind, MedicationRecord, Patient
from tests.world.patient_pages import row_of, text_of
from tests.world.people import ana, clonazepam_record, medication_record
from tests.world.universe import NOW, Universe


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def record(universe: Universe, patient: Patient) -> MedicationRecord:
    return clonazepam_record(patient, universe.ours.provider)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Percocet", "Opioid"),
        ("Beer", "Alcohol"),
        ("Xanax", "Other benzodiazepine"),
        ("Ambien", "Z-drug"),
        ("Sleep tea", "Other sedative"),
    ],
)
def test_guidance_stands_beside_the_record_it_concerns_with_its_source(
    universe: Universe, patient: Patient, staff: Client, name: str, what: str
) -> None:
    clonazepam_record(patient, universe.ours.provider)
    medication_record(patient, universe.ours.staff, name=name, kind=Kind.SUPPLEMENT, sedates=Answer.YES)

    page = text_of(staff.get(patient.get_absolute_url()))
    row = row_of(page[page.index('id="medications-title"') :], name)

    assert f"{what} with clonazePAM: what the sources say" in row
    assert "Source: Reference document, lines" in row
    assert "Reference, not an order." in row
    assert "Sedating" in row


@pytest.mark.parametrize(
    ("name", "what", "says"),
    [
        ("Diflucan", "Can raise clonazePAM’s level", "Started or stopped during a taper"),
        ("St John’s wort", "Can lower clonazePAM’s level", "Drugs that change its level"),
        (
            "Luminal",
            "Barbiturate with clonazePAM; can lower clonazePAM’s level",
            "Other benzodiazepines and sedatives",
        ),
        ("Depakote", "Other sedative with clonazePAM; valproic acid with clonazePAM", "absence status"),
    ],
)
def test_each_thing_that_a_medicine_does_is_said_beside_it(
    universe: Universe, patient: Patient, staff: Client, name: str, what: str, says: str
) -> None:
    clonazepam_record(patient, universe.ours.provider)
    medication_record(patient, universe.ours.staff, name=name)

    page = text_of(staff.get(patient.get_absolute_url()))
    row = row_of(page[page.index('id="medications-title"') :], name)

    assert f"{what}: what the sources say" in row
    assert says in row


def test_what_changes_the_level_is_marked_also_once_it_is_stopped(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    record = medication_record(patient, universe.ours.staff, name="Biaxin")
    mark = '<span class="mark">Can raise clonazePAM’s level</span>'
    assert mark in row_of(text_of(staff.get(patient.get_absolute_url())), "Biaxin")
    stop_medication(
        medication=record, stopped_on=None, reason="Finished", revision=1, by=universe.ours.staff, at=NOW
    )
    row = row_of(text_of(staff.get(patient.get_absolute_url())), "Biaxin")
    assert mark in row
    assert "what the sources say" not in row


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Klonopin", {}),
        ("Ibuprofen", {}),
        ("Wonder root", {"kind": Kind.SUPPLEMENT, "sedates": Answer.UNKNOWN}),
        ("Other root", {"kind": Kind.SUPPLEMENT, "sedates": Answer.NO}),
    ],
)
def test_no_guidance_stands_beside_what_it_does_not_concern(
    universe: Universe, patient: Patient, staff: Client, name: str, given: dict[str, Any]
) -> None:
    medication_record(patient, universe.ours.staff, name=name, **given)

    assert "what the sources say" not in row_of(text_of(staff.get(patient.get_absolute_url())), name)


def test_unknown_sedation_is_a_gap(universe: Universe, patient: Patient, staff: Client) -> None:
    medication_record(patient, universe.ours.staff, name="Wonder root", kind=Kind.SUPPLEMENT)

    row = row_of(text_of(staff.get(patient.get_absolute_url())), "Wonder root")
    assert '<span class="gap">Not known whether it sedates</span>' in row


def test_generic_names_stand_in_tall_man_letters(universe: Universe, patient: Patient, staff: Client) -> None:
    medication_record(patient, universe.ours.staff, name="clonazepam")
    medication_record(patient, universe.ours.staff, name="Xanax")

    page = text_of(staff.get(patient.get_absolute_url()))
    assert "<bdi>clonazePAM</bdi>" in page
    assert "(ALPRAZolam)" in page


def test_a_class_that_says_nothing_is_not_said(universe: Universe, patient: Patient, staff: Client) -> None:
    medication_record(patient, universe.ours.staff, name="Amoxicillin")

    assert "Other" not in row_of(text_of(staff.get(patient.get_absolute_url())), "Amoxicillin")


def test_what_sedates_stands_first(universe: Universe, patient: Patient, staff: Client) -> None:
    for name in ("Amoxicillin", "Zolpidem", "Beer"):
        medication_record(patient, universe.ours.staff, name=name)

    page = text_of(staff.get(patient.get_absolute_url()))
    places = [page.index(f"<bdi>{name}</bdi>") for name in ("Beer", "Zolpidem", "Amoxicillin")]
    assert places == sorted(places)
