"""Where nobody has the name that was typed, names that come near are shown as that: part of a word, or one slip."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.audit.models import Event
from taperplanner.patients import near_names
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.listing import PAGE_SIZE
from taperplanner.patients.models import SearchKey
from taperplanner.patients.near_names import MOST_COMPARED
from taperplanner.patients.search_keys import LONGEST_WITH_SLIP, finding_keys, is_slip, slips
from tests.world.universe import NOW, House, Universe

from ..world.patient_pages import text_of
from ..world.people import build_patient
from ..world.restricted import restrict
from .finding import found, house, near, near_mrns

__all__ = ["house"]

# --- Names that come near ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "mrns"),
    [
        pytest.param("ivera", ["A-1001"], id="without the first letter"),
        pytest.param("tonger", ["1980-77"], id="the middle of a word"),
        pytest.param("rien", ["0042"], id="the end of a word"),
        pytest.param("rivra", ["A-1001"], id="a letter left out"),
        pytest.param("rivvera", ["A-1001"], id="a letter added"),
        pytest.param("rivega", ["A-1001"], id="a letter exchanged"),
        pytest.param("rievra", ["A-1001"], id="two letters swapped"),
        pytest.param("rivera anna", ["A-1001"], id="one word right, one not"),
        pytest.param("rosx vantongern", ["1980-77"], id="one slip in each word"),
        pytest.param("rivra 1980", ["A-1001"], id="with the year"),
        pytest.param("rivra 1981", [], id="with another year"),
        pytest.param("rivra 03/02/1980", ["A-1001"], id="with the birth date"),
        pytest.param("rivra 03/03/1980", [], id="with another birth date"),
        pytest.param("obrein", ["0042"], id="a slip in a name without its sign"),
        pytest.param("nitta", ["A-1001"], id="the preferred name"),
        pytest.param("الحمد", ["AR-1"], id="Arabic"),
        pytest.param("revara", [], id="two slips in one word"),
        pytest.param("iv", [], id="two letters are no part of a word"),
        pytest.param("bi", [], id="a slip in a word of two letters"),
        pytest.param("rivra chan", [], id="words of two people"),
        pytest.param("1002", [], id="an MRN comes near nothing"),
        pytest.param("001", [], id="part of an MRN neither"),
        pytest.param("3055550143", [], id="a phone number neither"),
        pytest.param("%", [], id="percent"),
        pytest.param("x" * 5000, [], id="very long"),
        pytest.param("", [], id="nothing"),
        pytest.param("03/02/1980", [], id="a date alone"),
    ],
)
def test_a_name_comes_near_by_part_of_a_word_or_by_one_slip(
    house: House, typed: str, mrns: list[str]
) -> None:
    assert near_mrns(house, typed) == mrns


letters = "abcdeé語"
names = st.text("abcdeghij", min_size=4, max_size=LONGEST_WITH_SLIP - 1)


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and the same with one letter left out, added, exchanged, or swapped with the next."""
    name = draw(names)
    place, letter = draw(st.integers(0, len(name) - 1)), draw(st.sampled_from("abcxyz"))
    before, after = name[:place], name[place:]
    typed = draw(
        st.sampled_from(
            [
                before + after[1:],
                before + letter + after,
                name + letter,
                before + letter + after[1:],
                before + after[1:2] + after[:1] + after[2:],
            ]
        )
    )
    return name, typed


@given(slipped())
def test_every_single_slip_shares_a_key_and_is_one(pair: tuple[str, str]) -> None:
    name, typed = pair
    assert slips(name) & slips(typed)
    assert is_slip(typed, name)
    assert is_slip(name, typed)


@given(st.text("abc", min_size=1, max_size=7), st.text("abc", min_size=1, max_size=7))
def test_whatever_is_called_one_slip_shares_a_key(one: str, other: str) -> None:
    """So that the index finds all that the comparison would take, and the answer is that of a walk over every name."""
    if is_slip(one, other):
        assert slips(one) & slips(other)


@pytest.mark.parametrize(
    ("one", "other"), [("rosa", "raso"), ("ana", "anu"), ("abcd", "badc"), ("a" * 21, "a" * 20)]
)
def test_two_slips_short_words_and_very_long_ones_come_near_nothing(one: str, other: str) -> None:
    assert not is_slip(one, other)


@given(st.text("abc語é", max_size=120), st.text("0123456789 -", max_size=40))
def test_a_patient_has_a_bounded_number_of_keys_of_a_bounded_length(name: str, phone: str) -> None:
    keys = finding_keys("", name, "", phone)
    assert len(keys) <= 75 * max(1, len(name.split()))
    assert max((len(key) for key in keys), default=0) <= 100


def test_near_names_are_asked_for_only_where_nobody_is_found(
    universe: Universe, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_patient(universe.ours, given_name="Ana", family_name="Rivera")
    build_patient(universe.ours, given_name="Ana", family_name="Riverra")
    page = text_of(staff.get("/patients/", {"q": "rivera"}))
    assert "come near" not in page
    assert "Riverra" not in page
    assert "come near" not in text_of(staff.get("/patients/"))
    last = universe.ours.clinic.patients.get(family_name="Rivera").pk.hex
    assert "come near" not in text_of(staff.get("/patients/", {"q": "rivera", "after": last}))


def test_the_page_says_that_they_are_near_names_and_leaves_them_in_its_event(
    universe: Universe, staff: Client
) -> None:
    patient = build_patient(universe.ours, given_name="Ana", family_name="Rivera")
    build_patient(universe.theirs, given_name="Ana", family_name="Rivera")
    page = text_of(staff.get("/patients/", {"q": "rivra"}))
    assert "Nobody was found with exactly this name. Names that come near:" in page
    assert "No patient was found for “<bdi>rivra</bdi>”" in page
    assert page.index("No patient was found") < page.index("Names that come near") < page.index("Rivera, Ana")
    assert page.count("Rivera, Ana") == 1
    assert Event.objects.get(action="patients.list_shown").details == {"patients": [patient.pk.hex]}


def test_a_name_that_nobody_comes_near_has_no_such_heading(universe: Universe, staff: Client) -> None:
    build_patient(universe.ours, family_name="Rivera")
    assert "come near" not in text_of(staff.get("/patients/", {"q": "okonkwo"}))


def test_archived_patients_come_near_on_their_own_list_alone(house: House) -> None:
    ana = house.clinic.patients.get(mrn="A-1001")
    archive_patient(patient=ana, reason="Moved", revision=1, by=house.staff, at=NOW)
    assert near(house, "rivra") is None
    shown = near(house, "rivra", archived=True)
    assert shown
    assert [row.mrn for row in shown.rows] == ["A-1001"]


@pytest.mark.parametrize("typed", ["Vantongren", "tonger", "305 555 0142", "1980"])
def test_a_restricted_record_is_found_in_none_of_these_ways(universe: Universe, typed: str) -> None:
    patient = build_patient(
        universe.ours,
        given_name="Quillon",
        family_name="Vantongeren",
        phone="305 555 0142",
        date_of_birth=date(1980, 3, 2),
    )
    staff, provider = (universe.client_of(user) for user in (universe.ours.staff, universe.ours.provider))
    assert "Quillon" in text_of(staff.get("/patients/", {"q": typed}))
    restrict(patient, universe.ours)
    assert "Quillon" not in text_of(staff.get("/patients/", {"q": typed}))
    assert "come near" not in text_of(staff.get("/patients/", {"q": typed}))
    assert "Quillon" in text_of(provider.get("/patients/", {"q": typed}))


def test_no_more_names_are_read_than_the_bound_and_no_more_shown_than_a_page(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(PAGE_SIZE + 3):
        build_patient(house, given_name=f"Given {number}", family_name="Quarterman")
    shown = near(house, "uarterman")
    assert shown
    assert (len(shown.rows), shown.has_more) == (PAGE_SIZE, True)
    monkeypatch.setattr(near_names, "MOST_COMPARED", 10)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        shown = near(house, "uarterman")
    assert shown
    assert (len(shown.rows), shown.has_more) == (10, True)
    assert len(queries) == 1
    assert "LIMIT 11" in queries[0]["sql"]
    assert MOST_COMPARED == 200


@pytest.mark.parametrize(("typed", "bounds"), [("rivra", [2_000]), ("rivra anna", [20_000, 20_000])])
def test_no_more_keys_are_read_for_near_names_than_the_bound_of_each_word(
    house: House, typed: str, bounds: list[int]
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert near_mrns(house, typed) == ["A-1001"]
    asked = queries[0]["sql"]
    assert [asked.count(f"LIMIT {bound})") for bound in dict.fromkeys(bounds)] == [len(bounds)]


def test_near_names_cost_one_query_more_for_5_patients_and_for_60(universe: Universe, staff: Client) -> None:
    costs = []
    for count in (5, 55):
        for _ in range(count):
            build_patient(universe.ours, family_name="Rivera")
        for typed in ("rivera", "rivra", "zzzz"):
            staff.get("/patients/", {"q": typed})
            with CaptureQueriesContext(
                connection,
            ) as queries:
                staff.get("/patients/", {"q": typed})
            costs.append(len(queries))
    assert costs[:3] == costs[3:]
    assert costs[1] == costs[2] == costs[0] + 1


@pytest.mark.parametrize("typed", ["rivra", "uarterman anna", "305 555 0142"])
def test_each_way_is_answered_by_the_index(universe: Universe, typed: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, and rightly so")
    clinic = universe.ours.clinic
    asked = clinic.patients.active()
    for listed in (asked.found_by(typed, clinic=clinic), asked.named_near(typed, clinic=clinic)):
        plan = listed.by_name()[:26].explain()
        assert "search_key_range (clinic_id=? AND key>? AND key<?)" in plan
        assert "SCAN" not in plan
        assert "search_key_range (clinic_id=?)" not in plan


def test_the_keys_of_patients_who_were_there_before_are_added(house: House) -> None:
    from importlib import import_module
    from types import SimpleNamespace

    from django.apps import apps

    migration = import_module("taperplanner.patients.migrations.0009_found_by_phone_part_and_slip")
    made = set(SearchKey.objects.values_list("patient_id", "key"))
    SearchKey.objects.filter(key__lt=b"\x04").delete()
    assert found(house, "305 555 0142") == []
    assert near(house, "rivra") is None
    for _ in range(2):  # the second time after a way back
        migration.add_keys(apps, SimpleNamespace(connection=connection))
        assert {(pk, bytes(key)) for pk, key in SearchKey.objects.values_list("patient_id", "key")} == {
            (pk, bytes(key)) for pk, key in made
        }
        assert SearchKey.objects.count() == len(made)
