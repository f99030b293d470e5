from __future__ import annotations

import re
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client

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


def test_the_command_says_which_option_is_missing(db: None) -> None:
    with pytest.raises(CommandError, match="--manager-email"):
        call_command("create_clinic", "--name", "X", "--manager-name", "Y")
