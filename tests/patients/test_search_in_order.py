"""A search reads a range of the index of keys in its own order, and stops where a page is full."""

from __future__ import annotations

import uuid
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Final

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.patients.actions import archive_patient, restore_patient
from taperplanner.patients.finding import Sought
from taperplanner.patients.list_keys import CURRENT, list_keys
from taperplanner.patients.listing import PAGE_SIZE, Page, Search, listed_for, page_of
from taperplanner.patients.models import Patient, PatientQuerySet, SearchKey, searching
from taperplanner.patients.names import name_key
from taperplanner.patients.walks import Walk, walk_of
from tests.world.universe import NOW, House, Universe

from ..world.patient_pages import text_of
from ..world.people import build_patient
from ..world.restricted import restrict
from .finding import TODAY, house

__all__ = ["house"]
MANY: Final = 1_000


def page(house: House, typed: str, *, archived: bool = False, before: str = "", after: str = "") -> Page:
    return page_of(
        house.clinic,
        Search.of(typed),
        user=house.staff,
        archived=archived,
        before=before,
        after=after,
        today=TODAY,
    )


def names(found: Page) -> list[str]:
    return [row.name for row in found.rows]


def walked(house: House, typed: str) -> tuple[Walk, PatientQuerySet]:
    search = Search.of(typed)
    walk = walk_of(house.clinic, search.words, search.born_on, None, archived=False)
    return walk, walk.among(listed_for(house.clinic, search, user=house.staff, archived=False))


# --- The order ----------------------------------------------------------------------------------


def test_who_is_found_stands_by_the_word_that_was_found_and_then_by_name(universe: Universe) -> None:
    for given_name, family in (("Anabel", "Adams"), ("Ana", "Zapata"), ("Rosa", "Anaya"), ("Ana", "Baker")):
        build_patient(universe.ours, given_name=given_name, family_name=family)
    assert names(page(universe.ours, "an")) == ["Baker, Ana", "Zapata, Ana", "Adams, Anabel", "Anaya, Rosa"]


@pytest.mark.parametrize("typed", ["ana", "a", "ana r", "rivera ana", "1970", "r 01/31/1970"])
def test_walking_forth_and_back_shows_everybody_who_is_found_once(universe: Universe, typed: str) -> None:
    ours = universe.ours
    for number in range(2 * PAGE_SIZE + 3):
        build_patient(ours, given_name=("Ana", "Ana María", "Anabel")[number % 3], family_name="Rivera Arana")
        if not number % 10:
            build_patient(ours, given_name="Bo", family_name="Chan", date_of_birth=date(1975, 1, 1))
    pages = [page(ours, typed)]
    while pages[-1].after:
        pages.append(page(ours, typed, after=pages[-1].after))
    shown = [row.id for one in pages for row in one.rows]
    everybody = ours.clinic.patients.filter(date_of_birth=date(1970, 1, 31))
    if typed in ("ana", "a", "ana r", "rivera ana"):
        everybody = everybody.filter(family_name="Rivera Arana")
    assert sorted(shown) == sorted(everybody.values_list("pk", flat=True))
    assert [len(one.rows) for one in pages[:-1]] == [PAGE_SIZE] * (len(pages) - 1)
    back = pages[-1]
    for expected in reversed(pages[:-1]):
        back = page(ours, typed, before=back.before)
        assert back.rows == expected.rows
    assert back.before == ""


@pytest.mark.parametrize(
    ("typed", "mrns"),
    [
        ("maria rivera", ["A-1001"]),
        ("an riv nu", ["A-1001"]),
        ("anamaria nunez", ["A-1001"]),
        ("a-1001 nita", ["A-1001"]),
        ("1980 1001", ["A-1001"]),
        ("1980-77 rosa", ["1980-77"]),
        ("rosa 1991", ["1980-77"]),
        ("rosa 12/31/1991", ["1980-77"]),
        ("ana chan", []),
        ("ana rivera zzz", []),
        ("rivera rivera ana", ["A-1001"]),
    ],
)
def test_each_of_several_words_is_looked_for_in_the_key_of_the_rarest(
    house: House, typed: str, mrns: list[str]
) -> None:
    assert [row.mrn for row in page(house, typed).rows] == mrns


def test_the_rarest_word_is_looked_up_first_however_long_the_others_are(universe: Universe) -> None:
    for given_name in ("Bo", "Ana", "Ana"):
        build_patient(universe.ours, given_name=given_name, family_name="Vantongeren")
    clinic = searching(universe.ours.clinic)
    assert clinic.rarest_first(["vantongeren", "bo"], archived=False) == Sought("bo", ("vantongeren",))
    assert clinic.rarest_first(["vantongeren", "nobody"], archived=False).first == "nobody"
    assert clinic.rarest_first(["bo", "vantongeren"], archived=True).first == "vantongeren"


# --- Whose list it is -----------------------------------------------------------------------------


def test_whoever_is_archived_goes_to_the_other_list_with_their_keys_and_comes_back(
    universe: Universe,
) -> None:
    ours = universe.ours
    patient = build_patient(ours, given_name="Ana", family_name="Rivera")
    archive_patient(patient=patient, reason="Moved", revision=1, by=ours.staff, at=NOW)
    for typed in ("rivera", "ana rivera"):
        assert names(page(ours, typed)) == []
        assert names(page(ours, typed, archived=True)) == ["Rivera, Ana"]
    restore_patient(patient=patient, revision=2, by=ours.staff, at=NOW)
    assert names(page(ours, "ana rivera")) == ["Rivera, Ana"]
    assert names(page(ours, "ana rivera", archived=True)) == []


def test_neither_a_strangers_patient_nor_a_restricted_one_is_found_by_two_words(universe: Universe) -> None:
    build_patient(universe.theirs, given_name="Ana", family_name="Rivera")
    ours = build_patient(universe.ours, given_name="Ana", family_name="Rivera")
    assert len(page(universe.ours, "ana rivera").rows) == 1
    restrict(ours, universe.ours)
    assert names(page(universe.ours, "ana rivera")) == names(page(universe.ours, "ana")) == []


# --- What it costs ----------------------------------------------------------------------------------


def test_a_search_costs_as_many_queries_for_5_patients_as_for_60(universe: Universe, staff: Client) -> None:
    costs = []
    for count in (5, 55):
        for _ in range(count):
            build_patient(universe.ours, given_name="Ana", family_name="Rivera")
        of_count = []
        for typed in ("rivera", "ana rivera", "ana rivera 01/31/1970"):
            staff.get("/patients/", {"q": typed})
            with CaptureQueriesContext(connection) as queries:
                staff.get("/patients/", {"q": typed})
            of_count.append(len(queries))
        costs.append(of_count)
    assert costs[0] == costs[1]
    one, two, with_a_date = costs[0]
    assert one <= 6
    assert two == with_a_date == one + 1, "which word is the rarest"


def test_the_page_says_what_the_list_is_ordered_by(universe: Universe, staff: Client) -> None:
    build_patient(universe.ours, given_name="Ana", family_name="Rivera", phone="305 555 0142")
    for typed, by in (
        ("", "family name"),
        ("305 555 0142", "family name"),
        ("riv", "the word that was found"),
    ):
        assert f"by {by}" in " ".join(text_of(staff.get("/patients/", {"q": typed})).split())


def test_no_more_of_a_word_is_counted_than_tells_which_is_the_rarest(universe: Universe) -> None:
    with CaptureQueriesContext(connection) as queries:
        searching(universe.ours.clinic).rarest_first(["ana", "rivera", "1980"], archived=False)
    assert len(queries) == 1
    assert queries[0]["sql"].count("LIMIT 4000") == queries[0]["sql"].count("COUNT(*)") == 3


@pytest.fixture
def many(universe: Universe) -> House:
    """All of one name, so that whoever sorts those who are found sorts them all."""
    ours = universe.ours
    rows = [
        Patient(
            pk=uuid.UUID(int=number),
            clinic=ours.clinic,
            mrn=f"M-{number:05}",
            given_name="Ana",
            family_name=f"Rivera {number % 7}",
            date_of_birth=date(1980, 3, 2),
            sort_key=name_key(f"Rivera {number % 7}", "Ana"),
        )
        for number in range(1, MANY + 1)
    ]
    Patient.objects.bulk_create(rows)
    SearchKey.objects.bulk_create(
        SearchKey(patient=row, clinic=ours.clinic, key=key)
        for row in rows
        for key in list_keys("Ana", row.family_name, "", row.mrn, birth_year=1980, archived=False)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE patients_patient")
        cursor.execute("ANALYZE patients_searchkey")
        if connection.vendor == "postgresql":  # ways that are shorter in a small table alone
            for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return ours


RANGE: Final = {
    "sqlite": "SEARCH patients_searchkey USING COVERING INDEX search_key_range (clinic_id=? AND key>? AND key<?)",
    "postgresql": "Index Only Scan{} using search_key_range on patients_searchkey",
}
SORTED: Final = {"sqlite": "TEMP B-TREE", "postgresql": "Sort"}


def test_the_range_is_read_from_the_index_alone_in_its_order_and_nothing_is_sorted(many: House) -> None:
    somebody = many.clinic.patients.filter(pk=uuid.UUID(int=MANY // 2))
    for typed in ("a", "an", "ana", "riv", "ana rivera", "rivera a 1980", "ana 03/02/1980", "03/02/1980"):
        walk, patients = walked(many, typed)
        place = walk.place_of(somebody)
        assert place
        for rows, backward in (
            (walk.in_order(patients), ""),
            (walk.in_order(walk.after(patients, place)), ""),
            (walk.in_order(walk.before(patients, place)).reverse(), " Backward"),
        ):
            plan = rows[: PAGE_SIZE + 1].explain()
            assert RANGE[connection.vendor].format(backward) in plan, typed
            assert SORTED[connection.vendor] not in plan, typed
            assert "Seq Scan on patients_searchkey" not in plan, typed
            assert "SCAN" not in plan, typed


def test_a_sort_of_all_who_are_found_would_be_seen_in_the_plan(many: House) -> None:
    _, patients = walked(many, "ana")
    assert SORTED[connection.vendor] in patients.order_by("family_name")[: PAGE_SIZE + 1].explain()


# --- Patients who were there before -------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_the_keys_of_patients_who_were_there_before_are_added(
    house: House, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    archived = house.clinic.patients.get(mrn="0042")
    archive_patient(patient=archived, reason="Moved", revision=1, by=house.staff, at=NOW)
    migration = import_module("taperplanner.patients.migrations.0011_list_keys")
    monkeypatch.setattr(migration, "AT_ONCE", at_once)
    made = sorted((str(pk), bytes(key)) for pk, key in SearchKey.objects.values_list("patient_id", "key"))
    SearchKey.objects.filter(key__gte=CURRENT, key__lt=b"\x06").delete()
    assert names(page(house, "rivera")) == []
    for _ in range(2):  # the second time after a stop, or a way back
        migration.add_keys(apps, SimpleNamespace(connection=connection))
        again = sorted(
            (str(pk), bytes(key)) for pk, key in SearchKey.objects.values_list("patient_id", "key")
        )
        assert again == made
    assert names(page(house, "rivera")) == ["Rivera Núñez, Ana María"]
    assert names(page(house, "smith", archived=True)) == ["O'Brien-Smith, Siobhán"]
