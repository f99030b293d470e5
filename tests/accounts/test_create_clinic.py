from __future__ import annotations

import re
from io import StringIO
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from taperplanner.accounts import actions
from taperplanner.accounts.models import Clinic

from ..world.universe import Universe

GOOD = {
    "name": "Lakeside Clinic",
    "manager_email": "Lena@lakeside.example",
    "manager_name": "Lena Lead",
    "time_zone": "America/Chicago",
}


def create_clinic(**given: str) -> str:
    said = StringIO()
    call_command("create_clinic", **(GOOD | given), stdout=said)
    return said.getvalue()


def test_the_command_makes_a_clinic_and_prints_a_link_that_works(db: None) -> None:
    said = create_clinic()
    assert "Lakeside Clinic was made. Lena Lead sets a password here" in said
    clinic = Clinic.objects.get(name="Lakeside Clinic")
    assert (clinic.time_zone, clinic.users.get().email) == ("America/Chicago", "lena@lakeside.example")
    link = re.search(r"^/account/password/set/\S+/$", said, re.MULTILINE)
    assert link
    client = Client()
    new = "four quiet words here"
    client.post(client.get(link[0])["Location"], {"password1": new, "password2": new})
    answer = client.post("/account/login/", {"login": "lena@lakeside.example", "password": new})
    assert answer["Location"] == "/"


def test_in_a_terminal_it_asks_for_what_is_missing_until_it_can_be_taken(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(
        (
            "555-0100",
            "555-0199",
            "12 Example Street; Springfield",
            "Chicago",
            "America/Chicago",
            "Lena Lead",
            "lena",
            "lena@lakeside.example",
        )
    )
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda _asked: next(answers))
    call_command("create_clinic", "--name", "Lakeside Clinic")
    said = capsys.readouterr()
    assert "Choose a time zone from the list" in said.err
    assert "Enter a whole e-mail address" in said.err
    assert "Lakeside Clinic was made" in said.out
    clinic = Clinic.objects.get(name="Lakeside Clinic")
    assert (clinic.phone, clinic.after_hours_phone) == ("555-0100", "555-0199")
    assert (clinic.address, clinic.time_zone) == ("12 Example Street\nSpringfield", "America/Chicago")
    assert next(answers, None) is None


def test_the_link_is_whole_where_the_site_has_an_address(db: None, settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://clinic.example/"
    assert "\nhttps://clinic.example/account/password/set/" in create_clinic()


@pytest.mark.parametrize("option", ["name", "time_zone", "manager_name", "manager_email"])
def test_without_a_terminal_it_names_what_is_missing_and_makes_nothing(db: None, option: str) -> None:
    given = {name: value for name, value in GOOD.items() if name != option}
    with pytest.raises(CommandError, match=f"Give --{option.replace('_', '-')}, or run this in a terminal"):
        call_command("create_clinic", **given)
    assert not Clinic.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": " "}, "--name: Enter the clinic's name."),
        ({"manager_name": ""}, "--manager-name: Enter the person's name."),
        ({"manager_email": "lena"}, "--manager-email: Enter a whole e-mail address"),
        (
            {"manager_email": "STAFF@riverside.example"},
            "--manager-email: This e-mail address is already in use",
        ),
        (
            {"time_zone": "Chicago"},
            "--time-zone: Choose a time zone from the list, for example America/Chicago.",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_wrong_option_is_named_with_what_to_type(
    universe: Universe, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        create_clinic(**given)
    assert sentence in str(refused.value)
    assert Clinic.objects.count() == 2


def test_the_command_says_what_to_do_where_there_are_no_tables(db: None) -> None:
    with (
        patch.object(actions, "create_clinic", side_effect=OperationalError("no such table")),
        pytest.raises(CommandError, match=r"manage\.py migrate"),
    ):
        create_clinic()
