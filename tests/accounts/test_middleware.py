from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client

from taperplanner.accounts import actions
from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event

from ..world.universe import NOW, Universe

PAGE = "/clinic/users/"


@pytest.fixture
def client(universe: Universe) -> Client:
    """The manager's browser, just after a page was shown in it."""
    client = universe.client_of(universe.ours.manager)
    with time_machine.travel(NOW, tick=False):
        assert client.get(PAGE).status_code == 200
    return client


def later(minutes: float) -> Any:
    return time_machine.travel(NOW + timedelta(minutes=minutes), tick=False)


def told(client: Client) -> list[str]:
    return [str(message) for message in get_messages(client.get("/account/login/").wsgi_request)]


def test_the_clinic_is_read_afresh_on_each_request_and_never_from_the_session(
    universe: Universe, client: Client
) -> None:
    Clinic.objects.filter(pk=universe.ours.clinic.pk).update(name="Renamed Clinic")
    with later(1):
        session = client.session
        session["clinic_id"] = session["clinic"] = str(universe.theirs.clinic.pk)
        session.save()
        page = client.get(PAGE).content.decode()
    assert "Renamed Clinic" in page
    assert "Hilltop" not in page


def test_whoever_works_stays_signed_in_however_long(client: Client) -> None:
    for minutes in range(0, 120, 15):
        with later(minutes):
            assert client.get(PAGE).status_code == 200


def test_nobody_is_signed_out_before_the_limit(client: Client) -> None:
    # This one comes too soon after the page to be written down, and still counts.
    with later(0.2):
        assert client.get(PAGE).status_code == 200
    with later(15.2):
        assert client.get(PAGE).status_code == 200


def test_whoever_was_idle_for_longer_than_the_clinic_allows_is_signed_out(
    universe: Universe, client: Client
) -> None:
    with later(15.5):
        answer = client.get(f"{PAGE}?page=2")
        said = " ".join(told(client))
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/clinic/users/%3Fpage%3D2")
    assert "no-store" in answer["Cache-Control"]
    (event,) = [event for event in Event.objects.all() if event.action == "user.signed_out_when_idle"]
    assert event.user_id == universe.ours.manager.pk
    assert "signed out because you were inactive" in said
    with later(15.6):
        assert client.get(PAGE).status_code == 302


def test_whoever_was_idle_and_goes_to_sign_in_comes_back_to_their_page(client: Client) -> None:
    """As the page itself goes, when nothing was done in it."""
    with later(20):
        answer = client.get("/account/login/?next=/clinic/audit/")
    assert answer["Location"] == "/account/login/?next=/clinic/audit/"


def test_the_limit_is_the_clinics_own(universe: Universe, client: Client) -> None:
    Clinic.objects.filter(pk=universe.ours.clinic.pk).update(idle_limit_minutes=2)
    with later(2.5):
        assert client.get(PAGE).status_code == 302


def test_work_that_makes_no_request_of_its_own_keeps_one_signed_in(client: Client) -> None:
    with later(14):
        assert client.get("/account/still-here/").status_code == 204
    with later(28):
        assert client.get(PAGE).status_code == 200


def test_htmx_is_told_to_take_the_browser_to_the_sign_in_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/clinic/audit/?user=x"}
    with later(20):
        answer = client.get(PAGE, headers=headers)
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/account/login/?next=/clinic/audit/%3Fuser%3Dx"
    assert answer.content == b""
    # And so again, now that nobody is signed in.
    answer = client.get(PAGE, headers=headers)
    assert answer["HX-Redirect"] == "/account/login/?next=/clinic/audit/%3Fuser%3Dx"
    assert answer.content == b""


def test_what_was_sent_too_late_comes_back_to_its_page_and_is_said_to_be_unsaved(client: Client) -> None:
    with later(20):
        answer = client.post(
            "/clinic/", {"name": "Typed for long"}, headers={"Referer": "http://testserver/clinic/?tab=1"}
        )
        said = " ".join(told(client))
    assert answer["Location"] == "/account/login/?next=/clinic/%3Ftab%3D1"
    assert "not saved" in said


def test_a_page_that_saves_while_it_is_typed_in_is_told_and_not_taken_away(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/clinic/"}
    with later(20):
        answer = client.post("/clinic/", {"name": "Typed for long"}, headers=headers)
    assert (answer.status_code, answer.content) == (401, b"")
    assert "HX-Redirect" not in answer.headers
    # And so again, now that nobody is signed in.
    assert client.post("/clinic/", headers=headers).status_code == 401


@pytest.mark.parametrize("referrer", ["", "https://elsewhere.example/clinic/", "nonsense"])
def test_a_referrer_of_another_site_is_not_followed(client: Client, referrer: str) -> None:
    with later(20):
        answer = client.post("/clinic/", headers={"Referer": referrer})
    assert answer["Location"] == "/account/login/?next=/"


def test_signing_out_is_not_taken_for_being_sent_to_sign_in(client: Client) -> None:
    answer = client.post("/account/logout/", headers={"Referer": "http://testserver/clinic/"})
    assert answer["Location"] == "/account/login/"


def test_somebody_deactivated_is_nobody_from_the_next_request(universe: Universe) -> None:
    client = universe.client_of(universe.ours.staff)
    assert client.get("/guidance/").status_code == 200
    actions.deactivate_user(user=universe.ours.staff, by=universe.ours.manager, at=NOW)
    answer = client.get("/guidance/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/guidance/")
