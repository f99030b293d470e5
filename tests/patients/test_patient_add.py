from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from http import HTTPStatus

import pytest
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.patients.models import Patient
from tests.world.universe import Universe

from ..world.patient_pages import ADD, TYPED, details_typed, patient_url, text_of
from ..world.people import ana, build_patient

HOSTILE = {
    "Arabic": ("محمد", "الأحمد"),
    "Chinese": ("小明", "王"),
    "very long": ("X" * 100, "Y" * 100),
    "HTML": ("<script>alert(1)</script>", "<b>Bold</b>"),
    "quotes": ('O\'Brien "Bob"', "`Back' tick`"),
    "emoji": ("Ana 🌻", "Rivera 👩‍".rstrip("\u200d")),
    "template": ("{{ x }} a", "{% y %} b"),
    "combining": ("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤alg̙o", "a" + "\u0301" * 50),
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_name_can_be_added_found_and_shown_as_text(
    universe: Universe, staff: Client, name: tuple[str, str]
) -> None:
    given, family = name
    response = staff.post(ADD, TYPED | {"given_name": given, "family_name": family})

    patient = universe.ours.clinic.patients.get()
    assert response["Location"] == patient_url("safety_facts", patient), "the facts come next"
    for address in ("/patients/", patient.get_absolute_url(), patient_url("patient_edit", patient)):
        page = staff.get(address).content.decode()
        assert unescape(page).count(patient.family_name)
        assert "<script>alert" not in page
        assert "<b>Bold" not in page
    found = staff.get("/patients/", {"q": family})
    assert str(patient.pk) in found.content.decode()


def test_a_patient_is_added_and_shown(universe: Universe, staff: Client) -> None:
    response = staff.post(ADD, TYPED, follow=True)

    patient = universe.ours.clinic.patients.get()
    for name, value in TYPED.items():
        if name != "date_of_birth":
            assert getattr(patient, name) == value
    assert patient.date_of_birth == date(1980, 3, 2)
    assert "The patient was added." in text_of(response)
    page = text_of(staff.get(patient.get_absolute_url()))
    assert "Luis" in page
    assert "Her brother" in page


BAD = [
    pytest.param({"given_name": ""}, "Enter the given name, or tick", id="no given name"),
    pytest.param({"has_one_name": "on"}, "take away the tick", id="one name and a given name"),
    pytest.param({"family_name": "  "}, "Enter the family name.", id="no family name"),
    pytest.param(
        {"family_name": "x" * 101}, "Keep this to 100 characters; it now has 101.", id="long family name"
    ),
    pytest.param(
        {"given_name": "A\u202ena"}, "invisible character after “A”. Type it again", id="override in a name"
    ),
    pytest.param(
        {"preferred_name": "Ni\u2800ta"}, "invisible character after “Ni”. Type it again", id="blank Braille"
    ),
    pytest.param(
        {"family_name": "Riv\x00era"}, "invisible character after “Riv”. Type it again", id="NUL in a name"
    ),
    pytest.param({"phone": "555\u3164"}, "an invisible character after “555”", id="filler in a phone"),
    pytest.param({"given_name": "🌻"}, "at least one letter", id="no letter"),
    pytest.param({"mrn": ""}, "Enter the medical record number", id="no MRN"),
    pytest.param({"mrn": "А-1"}, "Enter the MRN in the letters A to Z", id="Cyrillic MRN"),
    pytest.param({"mrn": "A\u202e1"}, "This has an invisible character", id="override in the MRN"),
    pytest.param({"mrn": "1" * 41}, "Keep this to 40 characters; it now has 41.", id="long MRN"),
    pytest.param(
        {"home_caregiver": "x" * 201}, "Keep this to 200 characters; it now has 201.", id="long caregiver"
    ),
    pytest.param({"phone": "5" * 41}, "Keep this to 40 characters; it now has 41.", id="long phone"),
    pytest.param({"date_of_birth": ""}, "Enter the date of birth as month, day, year", id="no date"),
    *(
        pytest.param({"date_of_birth": typed}, sentence, id=f"date {typed!r}")
        for typed, sentence in (
            ("03/02/80", "Enter the year with four digits"),
            ("2/30/1980", "February 1980 has no day 30."),
            ("2/29/1981", "February 1981 has no day 29."),
            ("31/12/1980", "There is no month 31."),
            ("0/1/1980", "There is no month 0."),
            ("4/31/1980", "April 1980 has no day 31."),
            ("03.02.1980", "Use / between month, day and year"),
            ("03021980", "This is not a date we can read."),
            ("1980", "This is a year only. Enter month, day and year, or tick"),
            ("1980-13-01", "There is no month 13."),
            ("01/01/1899", "enter one from 1900"),
            ("01/01/2200", "enter one from 1900"),
            ("03/03/2026", "This is after today, March 2, 2026. Check the year."),
            ("03/02/2080", "This is after today, March 2, 2026. Check the year."),
            ("٠٣/٠٢/١٩٨٠", "This is not a date we can read."),
            ("03/02/1980\x00", "This is not a date we can read."),
            ("tomorrow", "This is not a date we can read."),
            ("<b>1980</b>", "This is not a date we can read."),
            ("3/2/1980 12:00", "This is not a date we can read."),
        )
    ),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_bad_input_comes_back_with_a_sentence_and_everything_typed(
    universe: Universe, staff: Client, typed: dict[str, str], sentence: str
) -> None:
    wanted = TYPED | typed
    response = staff.post(ADD, wanted)

    page = text_of(response)
    assert response.status_code == HTTPStatus.OK
    assert sentence in page
    for name in set(TYPED) - set(typed):
        assert TYPED[name] in page
    ((name, value),) = typed.items()
    if name != "has_one_name":
        assert response.context["form"][name].value() == value
    assert Patient.objects.count() == 0


def test_an_empty_form_says_what_is_missing(staff: Client) -> None:
    page = text_of(staff.post(ADD, {}))

    for sentence in ("Enter the family name.", "Enter the date of birth", "Enter the medical record number"):
        assert sentence in page


def test_someone_with_one_name_can_be_added(universe: Universe, staff: Client) -> None:
    staff.post(ADD, TYPED | {"given_name": "", "family_name": "Sukarno", "has_one_name": "on"})

    assert universe.ours.clinic.patients.get().list_name == "Sukarno"


def test_free_text_loses_the_marks_of_a_paste(universe: Universe, staff: Client) -> None:
    staff.post(ADD, TYPED | {"home_caregiver": "\ufeffHer brother\u200b \u2066(evenings)\u2069"})

    assert universe.ours.clinic.patients.get().home_caregiver == "Her brother (evenings)"


def test_an_mrn_that_is_taken_comes_back_with_a_sentence(universe: Universe, staff: Client) -> None:
    ana(universe.ours)

    page = text_of(staff.post(ADD, TYPED | {"family_name": "Other", "date_of_birth": "1/1/1990"}))

    assert "Another patient of this clinic already has the MRN A-1001." in page
    assert 'value="Other"' in page


def test_a_lost_race_for_an_mrn_is_a_sentence_and_no_fault(
    universe: Universe, staff: Client, blind_look: Callable[[], None]
) -> None:
    ana(universe.ours)
    blind_look()

    response = staff.post(ADD, TYPED | {"family_name": "Other", "date_of_birth": "1/1/1990"})

    assert "already has the MRN A-1001" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "shares"),
    [
        ({"given_name": "ÁNA"}, "with this name and birth date"),
        ({"date_of_birth": "01/01/1990"}, "with this name"),
        ({"given_name": "Bea", "family_name": "Other"}, "with this birth date"),
    ],
    ids=["name and birth date", "name", "birth date"],
)
def test_someone_alike_must_be_told_apart_before_anybody_is_added(
    universe: Universe, staff: Client, typed: dict[str, str], shares: str
) -> None:
    patient = ana(universe.ours)
    wanted = TYPED | {"mrn": "B-2"} | typed

    asked = staff.post(ADD, wanted)
    assert "Is it the same person? Nothing is saved yet." in text_of(asked)
    assert shares in text_of(asked)
    assert patient.get_absolute_url() in text_of(asked)
    assert 'value="B-2"' in text_of(asked)
    assert universe.ours.clinic.patients.count() == 1
    shown = Event.objects.get(action="patients.list_shown")
    assert shown.details == {"patients": [patient.pk.hex]}

    added = staff.post(ADD, wanted | {"different_from": patient.pk.hex})
    assert added.status_code == HTTPStatus.FOUND
    assert universe.ours.clinic.patients.count() == 2


def test_a_tick_counts_only_for_the_person_it_stands_beside(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)
    other = build_patient(universe.ours, given_name="Ana", family_name="Rivera")
    wanted = TYPED | {"mrn": "B-2"}

    for ticked in ([patient.pk.hex], [other.pk.hex] * 2, ["nonsense", other.pk.hex], ["on"]):
        response = staff.post(ADD, wanted | {"different_from": ticked})
        assert response.status_code == HTTPStatus.OK
    assert universe.ours.clinic.patients.count() == 2
    staff.post(ADD, wanted | {"different_from": [patient.pk.hex, other.pk.hex]})
    assert universe.ours.clinic.patients.count() == 3


def test_someone_alike_at_another_clinic_is_never_mentioned(universe: Universe, staff: Client) -> None:
    ana(universe.theirs)

    assert staff.post(ADD, TYPED).status_code == HTTPStatus.FOUND


def test_marks_of_a_paste_are_taken_out_and_the_page_says_so(universe: Universe, staff: Client) -> None:
    response = staff.post(
        ADD, TYPED | {"family_name": "\ufeffRiv\u00adera", "mrn": "A-1001\u200e"}, follow=True
    )

    patient = universe.ours.clinic.patients.get()
    assert (patient.family_name, patient.mrn) == ("Rivera", "A-1001")
    page = text_of(response)
    assert "Invisible characters from a paste were removed from “Rivera”." in page
    assert "were removed from “A-1001”." in page


def test_a_page_on_which_nothing_was_taken_out_says_nothing(staff: Client) -> None:
    assert "taken out" not in text_of(staff.post(ADD, TYPED, follow=True))


@pytest.mark.parametrize(("there", "typed"), [("77 12", "7712"), ("7712", "77-12"), ("a/77.12", "A77 12")])
def test_an_mrn_that_differs_in_spaces_and_signs_is_asked_about(
    universe: Universe, staff: Client, there: str, typed: str
) -> None:
    twin = build_patient(universe.ours, mrn=there, given_name="Bo", family_name="Chan")
    page = text_of(staff.post(ADD, TYPED | {"mrn": typed}))
    assert "with this MRN, written in another way" in page
    assert list(universe.ours.clinic.patients.all()) == [twin]
    staff.post(ADD, TYPED | {"mrn": typed, "different_from": twin.pk.hex})
    assert universe.ours.clinic.patients.count() == 2


def test_an_mrn_is_asked_about_when_it_is_changed_into_a_twin(universe: Universe, staff: Client) -> None:
    twin = build_patient(universe.ours, mrn="77 12", given_name="Bo", family_name="Chan")
    patient = ana(universe.ours)
    typed = details_typed(patient, mrn="7712")
    page = text_of(staff.post(patient_url("patient_edit", patient), typed))
    assert "with this MRN, written in another way" in page
    patient.refresh_from_db()
    assert patient.mrn == "A-1001"
    staff.post(patient_url("patient_edit", patient), typed | {"different_from": twin.pk.hex})
    patient.refresh_from_db()
    assert patient.mrn == "7712"


def test_a_twin_at_another_clinic_is_nobodys_business(universe: Universe, staff: Client) -> None:
    build_patient(universe.theirs, mrn="77 12")
    staff.post(ADD, TYPED | {"mrn": "7712"})
    assert universe.ours.clinic.patients.get().mrn == "7712"


@pytest.mark.parametrize(
    ("there", "typed"), [("Kahauʻolu", "Kahauolu"), ("O'Brien", "OBrien"), ("ʿAbd", "Abd")]
)
def test_the_same_name_with_and_without_its_sign_is_asked_about(
    universe: Universe, staff: Client, there: str, typed: str
) -> None:
    build_patient(universe.ours, given_name="Ana", family_name=there)
    assert "with this name" in text_of(staff.post(ADD, TYPED | {"family_name": typed}))


def test_letters_that_only_run_together_alike_are_no_same_name(universe: Universe, staff: Client) -> None:
    build_patient(universe.ours, given_name="Nan", family_name="Li")
    staff.post(ADD, TYPED | {"given_name": "An", "family_name": "Lin"})
    assert universe.ours.clinic.patients.count() == 2
