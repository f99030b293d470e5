"""The clinic's settings. Who may ask for them: tests/test_access.py."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from taperplanner.accounts.models import Clinic

from ..world.universe import Universe

CLINIC = "/clinic/"
SETTINGS = {
    "revision": "1",
    "name": "Riverside Clinic",
    "address": "1 River Road\r\nRivertown",
    "phone": "555-0100",
    "after_hours_phone": "555-0199",
    "time_zone": "America/Denver",
    "paper_size": "a4",
    "idle_limit_minutes": "30",
    "requires_reviewed_texts": "on",
}


@pytest.fixture
def client(universe: Universe) -> Client:
    return universe.client_of(universe.ours.manager)


def body(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_clinics_settings_are_saved(universe: Universe, client: Client) -> None:
    assert 'value="Riverside Clinic"' in body(client.get(CLINIC))
    answer = client.post(CLINIC, SETTINGS)
    assert answer["Location"] == CLINIC
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [  # type: ignore[attr-defined]
        "The clinic’s settings were saved."
    ]
    clinic = Clinic.objects.get(pk=universe.ours.clinic.pk)
    assert clinic.address == "1 River Road\nRivertown"
    assert (clinic.time_zone, clinic.paper_size, clinic.idle_limit_minutes) == ("America/Denver", "a4", 30)
    assert (clinic.requires_reviewed_texts, clinic.requires_check) == (True, False)
    assert Clinic.objects.get(pk=universe.theirs.clinic.pk).time_zone == "America/New_York"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Enter the clinic&#x27;s name."),
        ({"name": "\x00"}, "an invisible character at the beginning"),
        ({"time_zone": "Mars/One"}, "Choose a time zone from the list"),
        ({"time_zone": ""}, "This field is required"),
        ({"paper_size": "a0"}, "Select a valid choice"),
        ({"idle_limit_minutes": ""}, "Enter a number of minutes"),
        *(
            ({"idle_limit_minutes": minutes}, "Enter a whole number of minutes from 2 to 120")
            for minutes in ("1", "121", "15.5", "1e1", "-5", "١٥", "fifteen", "0x10", "9" * 400)
        ),
        ({"phone": "5" * 41}, "Keep this to 40 characters"),
        ({"address": "a" * 301}, "Keep this to 300 characters"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_setting_is_shown_again_with_a_sentence_and_as_typed(
    universe: Universe, client: Client, given: dict[str, str], sentence: str
) -> None:
    answer = client.post(CLINIC, SETTINGS | given)
    assert answer.status_code == 200
    assert sentence in body(answer)
    ((name, typed),) = given.items()
    if name in {"idle_limit_minutes", "phone", "address"}:
        assert typed in body(answer)
    assert Clinic.objects.get(pk=universe.ours.clinic.pk).revision == 1


def test_the_second_to_save_the_settings_is_told_in_words(client: Client) -> None:
    client.post(CLINIC, SETTINGS)
    answer = client.post(CLINIC, SETTINGS | {"paper_size": "letter", "time_zone": "America/Chicago"})
    assert answer.status_code == 409
    assert "A4 (210 × 297 mm)" in body(answer)
    assert "Mountain (Denver)" in body(answer)
    assert "Central (Chicago)" in body(answer)
