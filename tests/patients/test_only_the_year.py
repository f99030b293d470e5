"""Of some patients only the year of birth is known: typed, kept, shown and searched as that, and no day made up."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.patients.actions import edit_patient
from taperplanner.patients.births import Birth
from taperplanner.patients.details import PatientDetails
from taperplanner.patients.history import Change, history_page
from taperplanner.patients.listing import Search, page_of
from taperplanner.patients.lookalikes import lookalikes_of
from taperplanner.patients.models import Patient
from tests.world.universe import NOW, Universe

from ..world.patient_pages import ADD, TYPED, details_typed, patient_url, text_of
from ..world.people import build_patient, of_1961

YEAR = TYPED | {"date_of_birth": "1961", "only_the_year": "on"}
NOT_TICKED = "This is a year only. Enter month, day and year, or tick that only the year is known."
NOT_A_YEAR = "This is a whole date. Take away the tick at “only the year is known”, or enter the year alone."


@pytest.fixture
def patient(universe: Universe) -> Patient:
    return of_1961(universe.ours)


# --- Typed ------------------------------------------------------------------------------------


def test_a_year_alone_is_kept_as_a_year_and_no_day_is_made_up(universe: Universe, staff: Client) -> None:
    staff.post(ADD, YEAR)
    patient = universe.ours.clinic.patients.get()
    assert (patient.date_of_birth, patient.birth_year) == (None, 1961)
    assert patient.birth == Birth(only_year=1961)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        pytest.param({"only_the_year": ""}, NOT_TICKED, id="a year without the tick"),
        pytest.param({"date_of_birth": "03/04/1961"}, NOT_A_YEAR, id="a date with the tick"),
        pytest.param({"date_of_birth": ""}, "or the year if no more is known", id="nothing with the tick"),
        pytest.param({"date_of_birth": "61"}, "This is not a date we can read.", id="two digits"),
        pytest.param(
            {"date_of_birth": "03/1961"}, "This is not a date we can read.", id="a month and a year"
        ),
        pytest.param({"date_of_birth": "1899"}, "enter one from 1900 to 2199", id="too long ago"),
        pytest.param(
            {"date_of_birth": "2027"}, "This is after today, March 2, 2026. Check the year.", id="next year"
        ),
    ],
)
def test_whatever_is_not_a_year_said_to_be_one_comes_back_as_it_was_typed(
    universe: Universe, staff: Client, changed: dict[str, str], sentence: str
) -> None:
    sent = {name: value for name, value in (YEAR | changed).items() if value or name != "only_the_year"}
    answer = staff.post(ADD, sent)
    assert sentence in text_of(answer)
    form = answer.context["form"]
    assert form["date_of_birth"].value() == sent["date_of_birth"]
    assert bool(form["only_the_year"].value()) == ("only_the_year" in sent)
    assert not Patient.objects.exists()


def test_somebody_born_this_year_may_be_a_patient(universe: Universe, staff: Client) -> None:
    staff.post(ADD, YEAR | {"date_of_birth": "2026"})
    assert universe.ours.clinic.patients.get().birth_year == 2026


def test_the_page_to_edit_shows_the_year_and_its_tick_and_saves_them_again(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    page = text_of(staff.get(patient_url("patient_edit", patient)))
    assert 'name="date_of_birth" value="1961"' in page
    tick = page[page.index('name="only_the_year"') :]
    assert "checked" in tick[: tick.index(">")]
    staff.post(
        patient_url("patient_edit", patient), details_typed(patient, only_the_year="on", phone="555-0142")
    )
    patient.refresh_from_db()
    assert (patient.phone, patient.date_of_birth, patient.birth_year) == ("555-0142", None, 1961)
    assert Event.objects.get(action="patient.edited").details == {"fields": ["phone"]}


def test_a_year_becomes_the_whole_date_once_it_is_known(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    typed = details_typed(patient, date_of_birth="03/04/1961")
    del typed["only_the_year"]
    staff.post(patient_url("patient_edit", patient), typed)
    patient.refresh_from_db()
    assert (patient.date_of_birth, patient.birth_year) == (date(1961, 3, 4), None)
    assert Event.objects.get(action="patient.edited").details == {"fields": ["date_of_birth", "birth_year"]}
    told = history_page(patient, zone=ZoneInfo("America/New_York")).entries
    (changed,) = [entry for entry in told if entry.what == "Patient" and not entry.is_new]
    assert changed.changes == (
        Change("Date of birth", "(nothing)", "March 4, 1961"),
        Change("Year of birth, where no more is known", "1961", "(nothing)"),
    )


def test_somebody_elses_change_of_the_birth_is_shown_beside_what_was_typed(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    typed = details_typed(patient, only_the_year="on", phone="555-0142")
    details = PatientDetails(
        mrn=patient.mrn, given_name="Ana", family_name="Rivera", date_of_birth=date(1961, 3, 4)
    )
    edit_patient(patient=patient, details=details, revision=1, by=universe.ours.provider, at=NOW)
    page = text_of(staff.post(patient_url("patient_edit", patient), typed))
    assert "03/04/1961" in page
    assert 'value="1961"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_year": None},
        {"date_of_birth": date(1961, 3, 4)},
        {"date_of_birth": date(1961, 3, 4), "birth_year": 1961},
    ],
    ids=str,
)
def test_the_database_holds_a_day_or_a_year_never_both_and_never_neither(
    patient: Patient, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=patient.pk).update(**wrong)


# --- Shown ------------------------------------------------------------------------------------


def test_the_banner_says_that_only_the_year_is_known_and_both_ages(staff: Client, patient: Patient) -> None:
    page = text_of(staff.get(patient.get_absolute_url()))
    assert "1961, only the year is known (64 or 65 years)" in page
    listed = text_of(staff.get("/patients/"))
    assert '1961 <span class="text-nowrap">(64 or 65 years)</span>' in listed


def test_what_could_apply_is_shown_as_what_could(staff: Client, patient: Patient) -> None:
    page = text_of(staff.get(patient.get_absolute_url()))
    assert "<bdi>Could be 65 years or older</bdi>" in page
    assert "Born 1961, only the year is known: 64 or 65 years old" in page
    assert "<summary>Special populations: Older adults" in page


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2025, 12, 30), ""),
        (date(2025, 12, 31), ""),
        (date(2026, 1, 1), "Could be 65 years or older"),
        (date(2026, 12, 30), "Could be 65 years or older"),
        (date(2026, 12, 31), "65 years or older"),
    ],
)
def test_the_caution_of_an_age_begins_with_the_first_day_on_which_it_could_be(
    universe: Universe, patient: Patient, day: date, title: str
) -> None:
    with time_machine.travel(f"{day}T17:00Z"):
        page = text_of(universe.client_of(universe.ours.staff).get(patient.get_absolute_url()))
    assert ("65 years or older" in page) == bool(title)
    assert (f"<bdi>{title}</bdi>" in page) == bool(title)


def test_a_minor_who_could_be_grown_up_is_shown_as_one_who_could_be_a_minor(
    universe: Universe, staff: Client
) -> None:
    patient = of_1961(universe.ours, birth_year=2008)
    page = text_of(staff.get(patient.get_absolute_url()))
    assert "<bdi>Could be under 18 years</bdi>" in page
    assert "Born 2008, only the year is known: 17 or 18 years old" in page


def test_a_medicine_cannot_have_been_started_before_the_year_of_birth(
    staff: Client, patient: Patient
) -> None:
    typed = {"name": "Klonopin", "kind": "prescription", "use": "regular", "started": "1960"}
    page = text_of(staff.post(patient_url("medication_add", patient), typed))
    assert "This is before the patient was born, 1961. Check both dates." in page
    staff.post(patient_url("medication_add", patient), typed | {"started": "03/1961"})
    assert patient.medications.get().started == "1961-03"


# --- Found, and told apart --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("1961", True),
        ("rivera 1961", True),
        ("1962", False),
        ("03/04/1961", True),
        ("rivera 03/04/1961", True),
        ("03/04/1962", False),
    ],
)
def test_a_search_finds_whom_it_could_be(
    universe: Universe, patient: Patient, typed: str, is_found: bool
) -> None:
    build_patient(universe.ours, date_of_birth=date(1961, 6, 1), given_name="June")
    search = Search.of(typed)
    page = page_of(
        universe.ours.clinic,
        search,
        user=universe.ours.staff,
        archived=False,
        before="",
        after="",
        today=date(2026, 3, 2),
    )
    found = [row.id for row in page.rows if not row.name.endswith("June")]
    assert found == [patient.pk] * is_found
    assert (len(page.rows) > len(found)) == (typed == "1961")  # whose day in that year is known


def test_a_patient_is_no_longer_found_by_a_year_that_was_corrected(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    typed = details_typed(patient, date_of_birth="1962", only_the_year="on")
    staff.post(patient_url("patient_edit", patient), typed)
    found = universe.ours.clinic.patients
    assert not found.found_by("1961", clinic=universe.ours.clinic).exists()
    assert found.found_by("1962", clinic=universe.ours.clinic).exists()


@pytest.mark.parametrize(
    ("there", "added", "shares"),
    [
        pytest.param("1961", {"date_of_birth": "03/04/1961"}, "name and year of birth", id="a year there"),
        pytest.param("03/04/1961", {}, "name and year of birth", id="a year added"),
        pytest.param("1961", {}, "name and year of birth", id="a year and a year"),
        pytest.param("1961", {"date_of_birth": "1962"}, "name", id="the name and another year"),
        pytest.param(
            "03/04/1961",
            {"given_name": "Anna"},
            "part of the name and year of birth",
            id="part of the name and the year",
        ),
        pytest.param(
            "1961",
            {"given_name": "Rivera", "family_name": "Ana"},
            "part of the name and year of birth",
            id="the names the wrong way round",
        ),
        pytest.param(
            "03/04/1961", {"given_name": "Bo", "family_name": "Chan"}, "", id="a year alone is no likeness"
        ),
    ],
)
def test_whoever_could_be_the_same_person_is_asked_about(
    universe: Universe, there: str, added: dict[str, str], shares: str
) -> None:
    other = build_patient(universe.ours, given_name="Ana", family_name="Rivera", **columns_of(there))
    typed = {"given_name": "Ana", "family_name": "Rivera", "date_of_birth": "1961"} | added
    details = PatientDetails(mrn="B-2", **typed | columns_of(typed["date_of_birth"]))  # type: ignore[arg-type]
    found = lookalikes_of(universe.ours.clinic, details, user=universe.ours.staff)
    assert [(one.id, one.shares) for one in found] == ([(other.pk, shares)] if shares else [])


def columns_of(typed: str) -> dict[str, Any]:
    if len(typed) == 4:
        return {"date_of_birth": None, "birth_year": int(typed)}
    month, day, year = map(int, typed.split("/"))
    return {"date_of_birth": date(year, month, day), "birth_year": None}


def test_two_people_of_one_name_and_year_are_two_until_somebody_says_otherwise(
    universe: Universe, staff: Client, patient: Patient
) -> None:
    asked = text_of(staff.post(ADD, YEAR | {"mrn": "B-2"}))
    assert "Is it the same person? Nothing is saved yet." in asked
    assert "with this name and year of birth: born 1961, MRN <bdi>Y-7</bdi>" in asked
    assert universe.ours.clinic.patients.count() == 1
    staff.post(ADD, YEAR | {"mrn": "B-2", "different_from": patient.pk.hex})
    assert universe.ours.clinic.patients.count() == 2


def test_no_template_prints_the_date_of_a_patients_birth_past_the_question_whether_it_is_known() -> None:
    readers = [
        path.name
        for folder in settings.TEMPLATES[0]["DIRS"]
        for path in folder.rglob("*.*")
        if "patient.date_of_birth" in path.read_text(errors="ignore")
    ]
    assert readers == []
