"""A patient is found by phone and by year of birth, however they are typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.patients.actions import edit_patient
from taperplanner.patients.details import PatientDetails
from taperplanner.phones import numbers_in
from tests.world.universe import NOW, House

from .finding import found, house

__all__ = ["house"]

# --- By phone ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "mrns"),
    [
        pytest.param("+1 (305) 555-0142 ext 7", ["A-1001"], id="as it was written down"),
        pytest.param("305.555.0142", ["A-1001"], id="with points, without the country"),
        pytest.param("13055550142", ["A-1001"], id="digits alone"),
        pytest.param("001 305 555 0142", ["A-1001"], id="dialled from abroad"),
        pytest.param("305\u2013555\u20130142", ["A-1001"], id="with dashes of a word processor"),
        pytest.param("tel:+13055550142", ["A-1001"], id="a link that was copied"),
        pytest.param("Phone 305 555 0142 x7", ["A-1001"], id="with words around it"),
        pytest.param("٣٠٥٥٥٥٠١٤٢", ["A-1001"], id="in Arabic digits"),
        pytest.param("rivera 305 555 0142", ["A-1001"], id="with the name"),
        pytest.param("chan 305 555 0142", [], id="with somebody else's name"),
        pytest.param("5550142", ["Bo", "A-1001"], id="the last 7 digits, which are an MRN too"),
        pytest.param("550142", [], id="the last 6 digits"),
        pytest.param("305 555", [], id="the beginning"),
        pytest.param("305 555 0143", [], id="another last digit"),
        pytest.param("406 555 0142", [], id="another area"),
        pytest.param("+49 151 555 0188", ["0042"], id="abroad, a number that is written with a zero at home"),
        pytest.param("0151 5550188", ["0042"], id="at home"),
        pytest.param("305 555 0123", ["1980-77"], id="more digits than were written down"),
        pytest.param("305-555-0177", ["AR-1"], id="written down in Arabic digits"),
        pytest.param("03/02/1980", ["A-1001"], id="a date is no number"),
    ],
)
def test_a_patient_is_found_by_phone_however_it_is_typed(house: House, typed: str, mrns: list[str]) -> None:
    expected = ["5550142" if mrn == "Bo" else mrn for mrn in mrns]
    assert found(house, typed) == expected


def test_a_number_that_was_changed_finds_nobody(house: House) -> None:
    patient = house.clinic.patients.get(mrn="1980-77")
    details = PatientDetails(
        mrn="1980-77",
        given_name="Rosa",
        family_name="Vantongeren",
        date_of_birth=date(1991, 12, 31),
        phone="5550199",
    )
    edit_patient(patient=patient, details=details, revision=1, by=house.staff, at=NOW)
    assert found(house, "555-0123") == []
    assert found(house, "555-0199") == ["1980-77"]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", ()),
        ("call her sister", ()),
        ("555-014", ()),
        ("555-0142, 555-0143", ("5550142", "5550143")),
        ("5550142/5550143", ("55501425550143", "5550142", "5550143")),
        ("0000000", ("0000000",)),
        ("00 44 20 7946 0000", ("442079460000",)),
    ],
)
def test_the_numbers_in_a_text(typed: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(typed) == numbers


digits = st.text("0123456789", min_size=7, max_size=12)
gaps = st.lists(st.sampled_from(["", " ", "-", ".", ") ", "\u2011"]), min_size=12, max_size=12)


@given(digits, gaps)
def test_a_number_is_the_same_however_its_digits_are_set_apart(number: str, gaps: list[str]) -> None:
    typed = "".join(digit + gap for digit, gap in zip(number, gaps, strict=False))
    assert numbers_in(typed) == numbers_in(number)


# --- By year of birth -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "mrns"),
    [
        ("1980", ["0042", "A-1001", "1980-77"]),
        ("rivera 1980", ["A-1001"]),
        ("1980 smith", ["0042"]),
        ("1981", []),
        ("rivera 1981", []),
        ("80", []),
        ("2980", []),
    ],
)
def test_a_year_finds_whoever_was_born_in_it_and_an_mrn_that_begins_so(
    house: House, typed: str, mrns: list[str]
) -> None:
    assert found(house, typed) == mrns
