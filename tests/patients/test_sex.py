"""The sex that the clinic recorded is optional, has its history, and is no part of whom a version was signed for."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.handouts.printing.may_print import obstacles_to
from taperplanner.patients.actions import edit_patient
from taperplanner.patients.details import PatientDetails
from taperplanner.patients.forms import PatientForm
from taperplanner.patients.models import Patient, Sex
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import SignedContent, verified_content

from ..world.course import words_of
from ..world.people import ana
from ..world.plans import TODAY, open_plan, sign_plan
from ..world.tampering import again
from ..world.universe import NOW, Universe

FORM: Final = {
    "given_name": "Ana",
    "family_name": "Rivera",
    "date_of_birth": "03/02/1980",
    "mrn": "A-1001",
}


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def send(staff: Client, patient: Patient, **given: str) -> str:
    patient.refresh_from_db()
    sent = FORM | {"revision": str(patient.revision)} | given
    answer = staff.post(f"/patients/{patient.pk}/edit/", sent, follow=True)
    patient.refresh_from_db()
    return words_of(answer)


def record_sex(patient: Patient, universe: Universe, sex: Sex) -> None:
    patient.refresh_from_db()
    said = {field.name: getattr(patient, field.name) for field in fields(PatientDetails)}
    details = PatientDetails(**(said | {"sex": sex.value}))
    edit_patient(patient=patient, details=details, revision=patient.revision, by=universe.ours.staff, at=NOW)


def test_nothing_is_preset_and_it_may_stay_unrecorded(patient: Patient, staff: Client) -> None:
    assert patient.sex == ""
    assert not PatientForm(today=TODAY)["sex"].value()
    page = send(staff, patient)
    assert (patient.sex, patient.sex_in_words) == ("", "")
    assert "Sex not recorded" in page


def test_it_stands_in_the_banner_after_the_birth_date(patient: Patient, staff: Client) -> None:
    page = send(staff, patient, sex="female")
    assert patient.sex == Sex.FEMALE
    assert "Born March 2, 1980 (46 years) Sex female MRN A-1001" in page
    page = send(staff, patient, sex="another", sex_in_words="Two-Spirit")
    assert "Sex Two-Spirit MRN" in page
    assert patient.sex == Sex.ANOTHER


def test_words_belong_to_another_and_another_needs_words(patient: Patient, staff: Client) -> None:
    assert "Write it in words, or choose another answer." in send(staff, patient, sex="another")
    assert "Leave this empty, or choose “another, in words”." in send(
        staff, patient, sex="male", sex_in_words="Nonbinary"
    )
    assert patient.sex == ""
    for wrong in ({"sex": "another"}, {"sex": "male", "sex_in_words": "X"}, {"sex": "unheard of"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Patient.objects.filter(pk=patient.pk).update(**wrong)


def test_a_change_stands_in_the_same_history_as_other_details(patient: Patient, staff: Client) -> None:
    send(staff, patient, sex="female")
    send(staff, patient, sex="another", sex_in_words="Intersex")
    page = words_of(staff.get(f"/patients/{patient.pk}/history/"))
    assert "Sex Female Another, in words" in page
    assert "Sex in words (nothing) Intersex" in page
    event = Event.objects.filter(action="patient.edited").latest("at", "number")
    assert {"sex", "sex_in_words"} <= set(event.details["fields"])
    assert "Intersex" not in str(event.details)


@pytest.fixture
def signed(universe: Universe, patient: Patient) -> Version:
    return sign_plan(open_plan(universe.ours, patient), universe.ours)


def test_no_signed_hash_covers_it_and_a_change_of_it_changes_none(
    universe: Universe, patient: Patient, signed: Version
) -> None:
    before = (signed.content_hash, verified_content(again(signed)).content_hash())
    record_sex(patient, universe, Sex.FEMALE)
    now = again(signed)
    assert (now.content_hash, verified_content(now).content_hash()) == before
    assert not [field.name for field in fields(SignedContent) if "sex" in field.name]


def test_a_version_is_still_signed_for_the_same_person_after_it_changed(
    universe: Universe, patient: Patient, signed: Version
) -> None:
    record_sex(patient, universe, Sex.MALE)
    patient.refresh_from_db()
    assert patient.sex == Sex.MALE
    assert (
        obstacles_to(verified_content(again(signed)), patient, is_checked=True, unreviewed=(), away=()) == ()
    )
    page = universe.client_of(universe.ours.staff).get(again(signed).plan.get_absolute_url())
    assert "is not what it was when version" not in words_of(page)


def test_the_same_schedule_is_signed_alike_whatever_the_sex_is(universe: Universe, patient: Patient) -> None:
    """The canonical content of what is signed has no word of it."""
    record_sex(patient, universe, Sex.FEMALE)
    version = sign_plan(open_plan(universe.ours, patient), universe.ours)
    assert b"female" not in verified_content(again(version)).canonical().lower()
