"""The list of allergies and intolerances: what is on it, that somebody asked, and what every page says of it."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.audit.models import Event
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.allergies.actions import (
    CannotMarkAllergyInError,
    CannotNoteAllergy,
    CannotReviewAllergies,
    mark_allergy_in_error,
    review_allergies,
)
from taperplanner.patients.allergies.listing import AllergyList, allergies_of
from taperplanner.patients.models import Allergy, AllergyInError, AllergyKind, AllergyReview, Patient
from taperplanner.saving import Conflict

from ...house.law import TOP
from ...world.allergies import allergic_to, asked_about_allergies
from ...world.course import words_of
from ...world.people import ana, build_patient
from ...world.universe import NOW, Universe

ASKED = "No known allergies or intolerances: the patient was asked by"


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return ana(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def listed(patient: Patient, universe: Universe) -> AllergyList:
    return allergies_of(Patient.objects.get(pk=patient.pk), zone=universe.ours.clinic.zone)


def page(staff: Client, patient: Patient, part: str = "") -> str:
    return words_of(staff.get(f"/patients/{patient.pk}/{part}"))


def test_not_asked_none_known_and_a_list_are_three_answers(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    assert "Allergies not asked" in page(staff, patient)
    asked_about_allergies(patient, universe.ours)
    said = page(staff, patient)
    assert "Allergies none known" in said
    assert ASKED in said
    assert "not asked" not in listed(patient, universe).line
    allergic_to("Lactose", patient, universe.ours, "cramps")
    said = page(staff, patient)
    assert "Allergies Lactose (cramps)" in said
    assert "The list was changed since then." in said


def test_none_known_holds_only_while_nothing_changed(universe: Universe, patient: Patient) -> None:
    asked_about_allergies(patient, universe.ours)
    wrong = allergic_to("Latex", patient, universe.ours)
    mark_allergy_in_error(allergy=wrong, reason="Another patient’s", by=universe.ours.staff, at=NOW)
    now = listed(patient, universe)
    assert (now.line, now.is_gap, now.is_none_known) == ("not asked since the list was changed", True, False)
    asked_about_allergies(patient, universe.ours, at=NOW + timedelta(days=1))
    assert listed(patient, universe).line == "none known"


def test_it_stands_on_every_page_of_the_patient(universe: Universe, patient: Patient, staff: Client) -> None:
    allergic_to("Penicillin", patient, universe.ours, "rash")
    allergic_to("Lactose", patient, universe.ours)
    for part in ("", "edit/", "history/", "safety-facts/", "medications/add/", "allergies/", "flags/"):
        assert "Allergies Penicillin (rash), Lactose" in page(staff, patient, part)


def test_who_and_when_and_what_is_not_known_are_said(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    allergic_to(
        "Lactose",
        patient,
        universe.ours,
        kind=AllergyKind.INTOLERANCE,
        since="2014-03",
        by=universe.ours.provider,
    )
    said = page(staff, patient)
    assert "Lactose : intolerance. Reaction: not known . Known since March 2014." in said
    assert f"Noted by {universe.ours.provider.full_title} on March 2, 2026" in said


def test_staff_and_providers_put_it_on_the_list_through_the_page(
    universe: Universe, patient: Patient
) -> None:
    house = universe.ours
    for user, substance in ((house.staff, "Latex"), (house.provider, "Zinc")):
        typed = {"substance": substance, "kind": "unknown", "reaction": "", "known_since": "3/2014"}
        answer = universe.client_of(user).post(f"/patients/{patient.pk}/allergies/add/", typed)
        assert answer.status_code == HTTPStatus.FOUND
    assert [one.substance for one in patient.allergy_records.by_number()] == ["Latex", "Zinc"]
    assert Event.objects.filter(action="allergy.noted").count() == 2
    assert not Event.objects.filter(action="allergy.noted", details__icontains="Latex").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Enter the substance"),
        ({"substance": "lactose"}, "“Not known which” is an answer too"),
        ({"substance": "🌻", "kind": "allergy"}, "at least one letter"),
        ({"substance": "x" * 121, "kind": "allergy"}, "Keep this to 120 characters; it now has 121."),
        ({"substance": "lac\u202etose", "kind": "allergy"}, "invisible character after “lac”"),
        ({"substance": "lactose", "kind": "allergy", "known_since": "3/2077"}, "This is after today"),
        (
            {"substance": "lactose", "kind": "allergy", "known_since": "1979"},
            "This is before the patient was born",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    staff: Client, patient: Patient, typed: dict[str, str], sentence: str
) -> None:
    typed = {"reaction": "a rash on the arms"} | typed
    answer = words_of(staff.post(f"/patients/{patient.pk}/allergies/add/", typed))
    assert sentence in answer
    assert (
        'value="a rash on the arms"'
        in staff.post(f"/patients/{patient.pk}/allergies/add/", typed).content.decode()
    )
    assert not Allergy.objects.exists()


def test_a_substance_stands_on_the_list_once(universe: Universe, patient: Patient) -> None:
    wrong = allergic_to("Alpha-lactose", patient, universe.ours)
    for same in ("alpha lactose", "ALPHALACTOSE", "Álpha‐lactose"):
        with pytest.raises(CannotNoteAllergy, match="Alpha-lactose is on the list already"):
            allergic_to(same, patient, universe.ours)
    mark_allergy_in_error(allergy=wrong, reason="Written wrongly", by=universe.ours.staff, at=NOW)
    allergic_to("Alpha lactose", patient, universe.ours)


def test_what_was_entered_in_error_leaves_the_list_and_stays_readable(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    wrong = allergic_to("Latex", patient, universe.ours, "hives")
    address = f"/patients/{patient.pk}/allergies/{wrong.number}/in-error/"
    assert "Write what was wrong." in words_of(staff.post(address, {"reason": ""}))
    staff.post(address, {"reason": "Another patient’s"})
    assert "Latex" not in listed(patient, universe).line
    said = page(staff, patient, "allergies/")
    assert "entered in error" in said
    assert "What was wrong: Another patient’s (" in said
    with pytest.raises(CannotMarkAllergyInError):
        mark_allergy_in_error(allergy=wrong, reason="Again", by=universe.ours.staff, at=NOW)


def test_a_list_that_changed_meanwhile_is_not_called_complete(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    allergic_to("Latex", patient, universe.ours)
    with pytest.raises(Conflict):
        review_allergies(patient=patient, list_revision=0, by=universe.ours.staff, at=NOW)
    answer = staff.post(f"/patients/{patient.pk}/allergies/review/", {"revision": "0"}, follow=True)
    assert "Somebody changed this list after you opened the page" in words_of(answer)
    assert not AllergyReview.objects.exists()


def test_what_the_details_said_before_stays_until_it_is_on_the_list(
    universe: Universe, staff: Client
) -> None:
    patient = build_patient(universe.ours, allergies="Penicillin (rash)")
    said = page(staff, patient)
    assert "Allergies as written before the list: Penicillin (rash)" in said
    assert "I asked the patient" not in said
    with pytest.raises(CannotReviewAllergies, match="Put it on the list"):
        asked_about_allergies(patient, universe.ours)
    allergic_to("Penicillin", patient, universe.ours, "rash")
    assert (
        listed(patient, universe).line == "Penicillin (rash), as written before the list: Penicillin (rash)"
    )
    form = staff.get(f"/patients/{patient.pk}/edit/").context["form"]
    assert form["allergies"].value() == "Penicillin (rash)"


def test_new_details_ask_nothing_about_allergies(patient: Patient, staff: Client) -> None:
    for address in ("/patients/add/", f"/patients/{patient.pk}/edit/"):
        assert "allergies" not in staff.get(address).context["form"].fields


def test_nothing_is_put_on_the_list_of_an_archived_patient(universe: Universe, patient: Patient) -> None:
    archive_patient(
        patient=patient, reason="Moved", revision=patient.revision, by=universe.ours.staff, at=NOW
    )
    with pytest.raises(CannotNoteAllergy):
        allergic_to("Latex", patient, universe.ours)
    with pytest.raises(CannotReviewAllergies):
        asked_about_allergies(patient, universe.ours)


def test_the_rows_must_say_something(universe: Universe, patient: Patient) -> None:
    by = universe.ours.staff
    noted = {
        "patient": patient,
        "number": 1,
        "kind": "allergy",
        "noted_by": by,
        "noted_by_name": "N",
        "noted_at": NOW,
    }
    row = Allergy.objects.create(substance="Latex", **noted)
    marked = {"allergy": row, "marked_by": by, "marked_by_name": "N", "marked_at": NOW}
    for model, values in (
        (Allergy, noted | {"number": 2, "substance": ""}),
        (Allergy, noted | {"number": 2, "substance": "Zinc", "kind": "other"}),
        (Allergy, noted | {"substance": "Twice"}),
        (AllergyInError, marked | {"reason": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**values)


def test_a_patient_without_such_rows_costs_no_query(
    universe: Universe, patient: Patient, staff: Client
) -> None:
    def asks() -> int:
        staff.get(patient.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            staff.get(patient.get_absolute_url())
        return sum("patients_allergy" in one["sql"] and "EXISTS" not in one["sql"] for one in asked)

    assert asks() == 0
    allergic_to("Latex", patient, universe.ours)
    assert asks() == 1
    asked_about_allergies(patient, universe.ours)
    assert asks() == 2


def test_nothing_reads_what_was_written_before_there_was_a_list_but_the_list() -> None:
    """So no page and no paper says “not recorded” of somebody whose allergies are on it."""
    reads = re.compile(r"\b(?:patient|locked|now)\.allergies\b(?!\.)")
    found = {
        str(path.relative_to(TOP / "taperplanner"))
        for path in (TOP / "taperplanner").rglob("*.py")
        if any(reads.search(line) and "import" not in line for line in path.read_text().splitlines())
    }
    assert found == {"patients/allergies/listing.py", "patients/allergies/actions.py"}
