"""Who helps at home: what they may be told is what the patient agreed to, on a day, until it is withdrawn."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.audit.models import Event
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.at_home.actions import CannotEndHelper, CannotRecordHelper
from taperplanner.patients.models import HomeHelper, HomeHelperEnd, MayBeTold, Patient

from ..world.at_home import helped_by, no_longer
from ..world.course import words_of
from ..world.people import ana
from ..world.universe import NOW, Universe

TYPED = {"name": "Luis Rivera", "relation": "Brother", "phone": "555-0112", "may_be_told": "schedule"}


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def page(staff: Client, patient: Patient, part: str = "") -> str:
    return words_of(staff.get(f"/patients/{patient.pk}/{part}"))


def test_nobody_may_be_told_anything_until_the_patient_agreed(patient: Patient, staff: Client) -> None:
    assert "Nobody is recorded. Without the patient’s consent nobody is told anything." in page(
        staff, patient
    )
    answer = staff.post(f"/patients/{patient.pk}/at-home/add/", TYPED)
    assert "Enter the day on which the patient agreed." in words_of(answer)
    assert not HomeHelper.objects.exists()


def test_it_stands_on_the_patients_page_with_the_consent_its_day_and_who_recorded_it(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    answer = staff.post(f"/patients/{patient.pk}/at-home/add/", TYPED | {"agreed_on": "03/01/2026"})
    assert answer.status_code == HTTPStatus.FOUND
    said = page(staff, patient)
    for part in (
        "Luis Rivera ( Brother )",
        "May be told: about the schedule .",
        "The patient agreed on March 1, 2026.",
        f"Recorded by {universe.ours.staff.full_title} on March 2, 2026",
    ):
        assert part in said
    assert "Stands on the handout" not in said
    event = Event.objects.get(action="home_helper.recorded")
    assert "Luis" not in f"{event.subject}{event.details}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter the name."),
        ({"may_be_told": ""}, "Ask the patient, and choose one."),
        ({"agreed_on": "03/03/2026"}, "This is after today"),
        ({"agreed_on": "03/01/2006"}, "Correct the date, or write why it is correct."),
        ({"is_on_paper": "on", "phone": ""}, "Enter the phone that should stand on the paper."),
        ({"phone": "5" * 41}, "Keep this to 40 characters; it now has 41."),
        ({"name": "Lu\u202eis"}, "invisible character after “Lu”"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    staff: Client, patient: Patient, typed: dict[str, str], sentence: str
) -> None:
    sent = TYPED | {"agreed_on": "03/01/2026"} | typed
    answer = staff.post(f"/patients/{patient.pk}/at-home/add/", sent)
    assert sentence in words_of(answer)
    assert 'value="Brother"' in answer.content.decode()
    assert not HomeHelper.objects.exists()


def test_a_consent_that_is_withdrawn_is_a_new_record_and_stays_readable(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    helper = helped_by("Luis Rivera", patient, universe.ours)
    address = f"/patients/{patient.pk}/at-home/{helper.number}/end/"
    assert "Write why" in words_of(staff.post(address, {"reason": ""}))
    staff.post(address, {"reason": "Withdrew the consent"})
    assert "May be told" not in page(staff, patient)
    said = page(staff, patient, "at-home/")
    assert "Ended: is told nothing any more Withdrew the consent (" in said
    assert "Could be told until then: about the schedule" in said
    with pytest.raises(CannotEndHelper):
        no_longer(helper, universe.ours)


def test_the_paper_names_one_person_at_a_time(universe: Universe, patient: Patient) -> None:
    first = helped_by("Luis Rivera", patient, universe.ours, is_on_paper=True)
    with pytest.raises(CannotRecordHelper, match="Luis Rivera stands on the paper already"):
        helped_by("Rosa Rivera", patient, universe.ours, is_on_paper=True)
    no_longer(first, universe.ours)
    patient.refresh_from_db()
    assert patient.helper_on_paper is None
    second = helped_by("Rosa Rivera", patient, universe.ours, is_on_paper=True)
    patient.refresh_from_db()
    assert patient.helper_on_paper == second


def test_nobody_stands_on_the_paper_or_is_told_without_a_day(universe: Universe, patient: Patient) -> None:
    for given in ({}, {"may_be_told": MayBeTold.NOTHING, "is_on_paper": True}):
        with pytest.raises(CannotRecordHelper, match="Enter the day"):
            helped_by("Luis Rivera", patient, universe.ours, agreed_on=None, **given)
    helped_by("Luis Rivera", patient, universe.ours, agreed_on=None, may_be_told=MayBeTold.NOTHING)


def test_the_rows_must_hold_together(universe: Universe, patient: Patient) -> None:
    by = universe.ours.staff
    said = {"patient": patient, "recorded_by": by, "recorded_by_name": "N", "recorded_at": NOW, "phone": "5"}
    good = said | {"number": 1, "name": "Luis", "may_be_told": "schedule", "agreed_on": date(2026, 3, 1)}
    helper = HomeHelper.objects.create(**good)
    ended = {"helper": helper, "said_by": by, "said_by_name": "N", "said_at": NOW, "reason": ""}
    for wrong in (
        {"name": ""},
        {"may_be_told": "all"},
        {"agreed_on": None},
        {"agreed_on": None, "may_be_told": "nothing", "is_on_paper": True},
        {"is_on_paper": True, "phone": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            HomeHelper.objects.create(**(good | {"number": 2} | wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeHelper.objects.create(**good)
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeHelperEnd.objects.create(**ended)


def test_nothing_is_recorded_of_an_archived_patient(universe: Universe, patient: Patient) -> None:
    helper = helped_by("Luis Rivera", patient, universe.ours)
    archive_patient(
        patient=patient, reason="Moved", revision=patient.revision, by=universe.ours.staff, at=NOW
    )
    with pytest.raises(CannotRecordHelper):
        helped_by("Rosa Rivera", patient, universe.ours)
    with pytest.raises(CannotEndHelper):
        no_longer(helper, universe.ours)


def test_a_patient_without_helpers_costs_no_query(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    def asks() -> int:
        with CaptureQueriesContext(connection) as asked:
            staff.get(patient.get_absolute_url())
        return sum('FROM "patients_homehelper"' in one["sql"] and "EXISTS" not in one["sql"] for one in asked)

    assert asks() == 0
    helped_by("Luis Rivera", patient, universe.ours)
    assert asks() == 1
