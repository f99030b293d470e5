"""A session ends 12 hours after signing in, whatever is done in it, and takes with it what the browser keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
import time_machine
from django.test import Client

from taperplanner.accounts.middleware import BEGAN_AT, CLEARS, LONGEST, TOO_LONG
from taperplanner.audit.models import Event

from ..world.universe import NOW, PASSWORD, Universe

PAGE: Final = "/clinic/users/"
OURS: Final = {"Sec-Fetch-Site": "same-origin"}


def after(**time: float) -> Any:
    return time_machine.travel(NOW + timedelta(**time), tick=False)


def sign_in(client: Client, universe: Universe) -> None:
    client.post("/account/login/", {"login": universe.ours.manager.email, "password": PASSWORD})


@pytest.fixture
def client(universe: Universe) -> Client:
    """Of a manager who has worked for almost twelve hours without a pause."""
    client = Client(enforce_csrf_checks=False)
    with after():
        sign_in(client, universe)
    for minutes in range(10, 12 * 60, 14):
        with after(minutes=minutes):
            assert client.get("/account/still-here/").status_code == 204
    with after(hours=11.99):
        assert 'data-seconds-left="36"' in client.get(PAGE).content.decode()
    return client


def test_nobody_works_for_longer_than_twelve_hours_on_one_sign_in(universe: Universe, client: Client) -> None:
    with after(hours=12):
        answer = client.get(PAGE)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={PAGE}")
        assert answer["Clear-Site-Data"] == CLEARS
        assert TOO_LONG in client.get("/account/login/").content.decode()
        assert client.get(PAGE).status_code == 302
        sign_in(client, universe)
        assert client.get(PAGE).status_code == 200
    (event,) = Event.objects.filter(action="user.signed_out_after_12_hours")
    assert event.user_id == universe.ours.manager.pk


def test_what_was_sent_too_late_comes_back_and_is_sent_again(universe: Universe, client: Client) -> None:
    sent = {"name": "Typed for long", "phone": "555-0100"}
    with after(hours=12.1):
        answer = client.post("/clinic/", sent, headers=OURS)
        page = answer.content.decode()
    assert (answer.status_code, answer["Clear-Site-Data"]) == (401, CLEARS)
    assert '<input type="hidden" name="name" value="Typed for long">' in page
    assert "Sign in in another tab" in page
    assert "no-store" in answer["Cache-Control"]


def test_another_sites_form_is_not_shown_as_one_that_may_be_sent(universe: Universe, client: Client) -> None:
    with after(hours=12.1):
        answer = client.post("/clinic/", {"name": "Planted"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 302
    assert b"Planted" not in answer.content


def test_a_form_from_before_signing_in_again_gives_back_what_was_typed(universe: Universe) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(universe.ours.manager)
    page = client.post("/clinic/", {"name": "Typed for long"}, headers=OURS)
    assert page.status_code == 403
    assert 'value="Typed for long"' in page.content.decode()
    planted = client.post("/clinic/", {"name": "Planted"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert planted.status_code == 403
    assert b"Planted" not in planted.content


def test_signing_in_starts_the_hours_and_a_new_session(universe: Universe) -> None:
    client = Client()
    with after():
        client.get("/account/login/")
        session = client.session
        session["before"] = "signing in"
        session.save()
        before = session.session_key
        client.cookies["sessionid"] = before
        sign_in(client, universe)
        assert client.cookies["sessionid"].value != before
        assert client.session[BEGAN_AT] == NOW.isoformat()
        stranger = Client()
        stranger.cookies["sessionid"] = before
        assert stranger.get(PAGE).status_code == 302


def test_signing_out_clears_what_the_browser_keeps_but_no_cookie_of_a_device(universe: Universe) -> None:
    client = Client()
    sign_in(client, universe)
    assert "Clear-Site-Data" not in client.get(PAGE).headers
    assert client.post("/account/logout/")["Clear-Site-Data"] == CLEARS
    assert "cookies" not in CLEARS
    assert timedelta(hours=12) == LONGEST
