from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from taperplanner.patients.actions import archive_patient
from taperplanner.patients.listing import PAGE_SIZE, Page, Search, page_of
from tests.world.universe import NOW, House, Universe

from ..world.people import build_patient

TODAY = date(2026, 3, 2)
PEOPLE = (
    ("Ana María", "Rivera Núñez", "Nita", "A-1001", date(1980, 3, 2)),
    ("Zoë", "Ångström", "", "Z 22/7", date(1991, 12, 31)),
    ("Siobhán", "O'Brien-Smith", "", "0042", date(1980, 3, 2)),
    ("小明", "王", "", "C-1", date(1970, 1, 1)),
    ("محمد", "الأحمد", "", "AR-1", date(1971, 1, 1)),
    ("", "Sukarno", "", "S-1", date(1972, 1, 1)),
    ("Łukasz", "Strauß", "", "L-1", date(1973, 1, 1)),
)


@pytest.fixture
def house(universe: Universe) -> House:
    for given, family, preferred, mrn, born in PEOPLE:
        for house in (universe.ours, universe.theirs):
            build_patient(
                house,
                given_name=given,
                family_name=family,
                preferred_name=preferred,
                mrn=mrn,
                date_of_birth=born,
            )
    return universe.ours


def _page(house: House, q: str = "", *, archived: bool = False, before: str = "", after: str = "") -> Page:
    return page_of(
        house.clinic,
        Search.of(q),
        user=house.staff,
        archived=archived,
        before=before,
        after=after,
        today=TODAY,
    )


def _mrns(house: House, q: str) -> list[str]:
    return [row.mrn for row in _page(house, q).rows]


@pytest.mark.parametrize(
    ("typed", "mrns"),
    [
        pytest.param("rivera", ["A-1001"], id="family name"),
        pytest.param("RIVERA, ana", ["A-1001"], id="as the list has it"),
        pytest.param("ana rivera", ["A-1001"], id="given name first"),
        pytest.param("nunez maria", ["A-1001"], id="middle words, turned round, without accents"),
        pytest.param("Núñez", ["A-1001"], id="with accents"),
        pytest.param("riv an", ["A-1001"], id="beginnings of words"),
        pytest.param("nita", ["A-1001"], id="preferred name"),
        pytest.param("a-1001", ["A-1001"], id="MRN in small letters"),
        pytest.param("1001", ["A-1001"], id="the number in the MRN"),
        pytest.param("a1001", ["A-1001"], id="MRN without its hyphen"),
        pytest.param("z22", ["Z 22/7"], id="beginning of an MRN run together"),
        pytest.param("zoe angstrom", ["Z 22/7"], id="diaeresis and ring"),
        pytest.param("obrien", ["0042"], id="without the apostrophe"),
        pytest.param("O'Brien", ["0042"], id="with the apostrophe"),
        pytest.param("o’brien smith", ["0042"], id="with a typographic apostrophe"),
        pytest.param("王小明", ["C-1"], id="Chinese without a space"),
        pytest.param("小明", ["C-1"], id="Chinese given name"),
        pytest.param("الأحمد", ["AR-1"], id="Arabic"),
        pytest.param("sukarno", ["S-1"], id="one name"),
        pytest.param("lukasz strauss", ["L-1"], id="letters that do not come apart"),
        pytest.param("03/02/1980", ["0042", "A-1001"], id="date of birth as on a form"),
        pytest.param("1980-03-02", ["0042", "A-1001"], id="date of birth, year first"),
        pytest.param("March 2, 1980", ["0042", "A-1001"], id="date of birth in words"),
        pytest.param("rivera 03/02/1980", ["A-1001"], id="name and date of birth"),
        pytest.param("ivera", [], id="the middle of a word"),
        pytest.param("ana strauss", [], id="words of two people"),
        pytest.param("03/02/80", [], id="a year of two digits is not guessed"),
        pytest.param("13/45/1980", [], id="no date"),
        pytest.param("%", [], id="percent"),
        pytest.param("_", [], id="underscore"),
        pytest.param("' OR 1=1 --", [], id="SQL"),
        pytest.param("!!!", [], id="no letter at all"),
        pytest.param("\x00riv\x00era", [], id="NUL"),
        pytest.param("rivera\x00", ["A-1001"], id="NUL at the end"),
        pytest.param("x" * 5000, [], id="very long"),
        pytest.param("\U0001f33b", [], id="emoji"),
    ],
)
def test_a_search_finds_by_name_in_any_order_by_mrn_and_by_birth_date(
    house: House, typed: str, mrns: list[str]
) -> None:
    assert _mrns(house, typed) == mrns


def test_an_empty_search_lists_everybody_by_family_name(house: House) -> None:
    assert [row.name for row in _page(house, "  ").rows] == [
        "Ångström, Zoë",
        "O'Brien-Smith, Siobhán",
        "Rivera Núñez, Ana María",
        "Strauß, Łukasz",
        "Sukarno",
        "الأحمد, محمد",
        "王, 小明",
    ]


def test_a_row_is_ready_to_print(house: House) -> None:
    row = _page(house, "rivera").rows[0]

    assert (row.born, str(row.age), row.mrn) == ("March 2, 1980", "46 years", "A-1001")
    assert row.preferred_name == "Nita"


def test_archived_patients_are_a_list_of_their_own(house: House) -> None:
    ana = house.clinic.patients.get(mrn="A-1001")
    archive_patient(patient=ana, reason="Moved", revision=1, by=house.staff, at=NOW)

    assert _mrns(house, "rivera") == []
    assert [row.mrn for row in _page(house, archived=True).rows] == ["A-1001"]
    assert [row.mrn for row in _page(house, "rivera", archived=True).rows] == ["A-1001"]


def _walk_forth(house: House) -> Iterator[Page]:
    page = _page(house)
    yield page
    while page.after:
        page = _page(house, after=page.after)
        yield page


@pytest.mark.parametrize("count", [PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE + 3])
def test_walking_forth_and_back_shows_each_patient_once_also_those_of_one_name(
    universe: Universe, count: int
) -> None:
    house = universe.ours
    for number in range(count):
        build_patient(house, given_name="Same" if number % 3 else f"Given {number}", family_name="Name")
    everybody = [patient.pk for patient in house.clinic.patients.by_name()]

    pages = list(_walk_forth(house))
    assert [row.id for page in pages for row in page.rows] == everybody
    assert all(len(page.rows) == PAGE_SIZE for page in pages[:-1])
    assert pages[0].before == ""

    back = pages[-1]
    for expected in reversed(pages[:-1]):
        back = _page(house, before=back.before)
        assert back.rows == expected.rows
        assert back.after
    assert back.before == ""


@pytest.mark.parametrize("token", ["nonsense", "\x00", "0" * 32, "x" * 5000, "٣"])
def test_a_key_that_is_nobodys_asks_for_the_first_page(house: House, token: str) -> None:
    assert _page(house, after=token) == _page(house)
    assert _page(house, before=token) == _page(house)


def test_the_key_of_another_clinics_patient_is_as_absent_as_an_invented_one(
    universe: Universe, house: House
) -> None:
    theirs = universe.theirs.clinic.patients.get(mrn="0042")

    assert _page(house, after=theirs.pk.hex) == _page(house)


def test_a_key_names_nobody(universe: Universe) -> None:
    for _ in range(PAGE_SIZE + 1):
        build_patient(universe.ours, family_name="Secret")

    page = _page(universe.ours)
    assert page.after == page.rows[-1].id.hex


def test_a_search_is_answered_by_the_index(universe: Universe) -> None:
    """On SQLite: the keys are found by a range of the index, never by reading every key."""
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, and rightly so")
    clinic = universe.ours.clinic
    plan = clinic.patients.active().found_by("ana rivera", clinic=clinic).by_name()[:26].explain()

    assert plan.count("search_key_range (clinic_id=? AND key>? AND key<?)") == 2
    assert "SCAN" not in plan
