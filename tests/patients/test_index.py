from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.audit.models import Event
from tests.world.universe import Universe

from ..world.patient_pages import text_of
from ..world.people import ana, build_patient


def test_the_list_shows_our_patients_and_never_theirs(universe: Universe, staff: Client) -> None:
    ana(universe.ours)
    build_patient(universe.theirs, family_name="Stranger")

    page = text_of(staff.get("/patients/"))

    assert "Rivera, Ana" in page
    assert "March 2, 1980 (46 years)" in page.replace('<span class="text-nowrap">', "").replace("</span>", "")
    assert "Stranger" not in page


def test_a_search_finds_ours_and_says_what_was_typed(universe: Universe, staff: Client) -> None:
    ana(universe.ours)
    build_patient(universe.theirs, given_name="Ana", family_name="Riverton")

    found = staff.get("/patients/", {"q": "riv an"})
    none = staff.get("/patients/", {"q": "riverton"})

    assert "Rivera, Ana" in text_of(found)
    assert "Riverton" not in text_of(found)
    assert "No patient was found for “<bdi>riverton</bdi>”" in text_of(none)
    assert 'value="riverton"' in text_of(none)


def test_the_list_leaves_one_event_with_the_ids_of_those_it_showed(universe: Universe, staff: Client) -> None:
    patient = ana(universe.ours)
    before = Event.objects.count()

    staff.get("/patients/", {"q": "rivera"})

    assert Event.objects.count() == before + 1
    event = Event.objects.get(action="patients.list_shown")
    assert event.details == {"patients": [patient.pk.hex]}


def test_the_list_costs_the_same_for_5_patients_and_for_60(universe: Universe, staff: Client) -> None:
    counts = []
    for count in (5, 55):
        for _ in range(count):
            build_patient(universe.ours, family_name="Rivera")
        for query in ({}, {"q": "rivera"}):
            staff.get("/patients/", query)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert staff.get("/patients/", query).status_code == HTTPStatus.OK
            counts.append(len(queries))
            assert not any("COUNT(" in query["sql"] for query in queries)

    assert counts[:2] == counts[2:]
    assert counts[0] <= 5  # session, user, clinic, patients, event
    assert counts[1] <= 6  # and whether the words are the MRN of a record that is restricted


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "No patients yet."),
        ({"q": "zzz"}, "Search the archived patients"),
        ({"show": "archived"}, "No patient is archived."),
        ({"show": "archived", "q": "zzz"}, "Search the current patients"),
    ],
    ids=str,
)
def test_an_empty_list_says_what_to_do(staff: Client, query: dict[str, str], sentence: str) -> None:
    assert sentence in text_of(staff.get("/patients/", query))
