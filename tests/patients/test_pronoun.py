"""The pronoun is optional, stands with the name on every page of the patient, and is no part of whom a version was signed for."""

from __future__ import annotations

from dataclasses import fields

import pytest
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.patients.models import Patient
from taperplanner.tapers.signed.content import SignedContent, verified_content

from ..world.course import words_of
from ..world.patient_pages import details_typed
from ..world.people import ana
from ..world.plans import open_plan, sign_plan
from ..world.tampering import again
from ..world.universe import Universe


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def send(staff: Client, patient: Patient, pronoun: str) -> str:
    patient.refresh_from_db()
    address = f"/patients/{patient.pk}/edit/"
    page = words_of(staff.post(address, details_typed(patient, pronoun=pronoun), follow=True))
    patient.refresh_from_db()
    return page


def test_it_may_stay_unrecorded_and_is_then_said_nowhere(patient: Patient, staff: Client) -> None:
    assert "pronoun" not in send(staff, patient, "").lower()
    assert patient.pronoun == ""


def test_it_stands_with_the_name_on_every_page_of_the_patient(patient: Patient, staff: Client) -> None:
    send(staff, patient, "they, or “Nita”")
    for part in ("", "history/", "allergies/", "at-home/"):
        assert "pronoun “ they, or “Nita” ”" in words_of(staff.get(f"/patients/{patient.pk}/{part}"))


def test_it_is_bounded_and_what_was_typed_stays(patient: Patient, staff: Client) -> None:
    page = send(staff, patient, "x" * 41)
    assert "Keep this to 40 characters; it now has 41." in page
    assert patient.pronoun == ""


def test_a_change_stands_in_the_history_and_in_the_log_without_its_words(
    patient: Patient, staff: Client
) -> None:
    send(staff, patient, "she")
    send(staff, patient, "they")
    assert "Pronoun she they" in words_of(staff.get(f"/patients/{patient.pk}/history/"))
    event = Event.objects.filter(action="patient.edited").latest("at", "number")
    assert event.details["fields"] == ["pronoun"]


def test_no_signed_hash_covers_it(universe: Universe, patient: Patient, staff: Client) -> None:
    version = sign_plan(open_plan(universe.ours, patient), universe.ours)
    send(staff, patient, "xe")
    now = again(version)
    assert verified_content(now).content_hash() == now.content_hash == version.content_hash
    assert not [field.name for field in fields(SignedContent) if "pronoun" in field.name]
