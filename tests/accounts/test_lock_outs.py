"""Nobody guesses a password, and nobody locks somebody else out by trying."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client

from taperplanner.accounts.attempts import ELSEWHERE, FAILED_ATTEMPTS, FROM_ADDRESS, OF_SITE, TOO_MANY
from taperplanner.accounts.devices import LASTS, MOST_PEOPLE
from taperplanner.accounts.models import User
from taperplanner.audit.models import Event

from ..world.universe import NOW, PASSWORD, Universe

SIGN_IN: Final = "/account/login/"
COOKIE: Final = settings.DEVICE_COOKIE_NAME
HOME: Final = "192.0.2.1"


def sign_in(client: Client, email: str, password: str = PASSWORD, address: str = HOME) -> str:
    """Where the browser is sent, or the page it is shown."""
    answer = client.post(SIGN_IN, {"login": email, "password": password}, REMOTE_ADDR=address)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def later(minutes: float = 0) -> Any:
    return time_machine.travel(NOW + timedelta(minutes=minutes), tick=False)


def knock(email: str, times: int = 6) -> str:
    """An attacker, each time from another address. The last page."""
    pages = [sign_in(Client(), email, "wrong", f"198.51.100.{number}") for number in range(times)]
    return pages[-1]


@pytest.fixture
def staff(universe: Universe) -> User:
    return universe.ours.staff


@pytest.fixture
def known(staff: User) -> Client:
    """A browser in which the nurse has signed in, and out again."""
    client = Client()
    with later():
        assert sign_in(client, staff.email) == "/"
        client.post("/account/logout/")
    return client


def test_who_knocks_from_anywhere_does_not_lock_out_a_device_that_has_signed_in_before(
    staff: User, known: Client
) -> None:
    """Six wrong passwords from anywhere locked anybody out for five minutes."""
    with later(1):
        assert TOO_MANY in knock(staff.email)
        assert TOO_MANY in sign_in(Client(), staff.email)
        assert sign_in(known, staff.email) == "/"


def test_the_page_says_when_to_try_again_and_where_it_works_until_then(staff: User) -> None:
    with later():
        knock(staff.email)
    with later(3.5):
        assert f"{TOO_MANY} 2 minutes. {ELSEWHERE}" in sign_in(Client(), staff.email)
    with later(4.9):
        assert f"{TOO_MANY} a minute. {ELSEWHERE}" in sign_in(Client(), staff.email)
    with later(5.1):
        assert sign_in(Client(), staff.email) == "/"


def test_nobodys_address_is_locked_in_the_same_words(staff: User) -> None:
    with later():
        pages = [knock(email).replace(email, "X") for email in (staff.email, "nobody@riverside.example")]
        strip = 'name="csrfmiddlewaretoken" value="'
        known, unknown = (page.partition(strip) for page in pages)
        assert known[0] == unknown[0]
        assert known[2][64:] == unknown[2][64:]


def test_each_spelling_of_an_address_is_one_account(staff: User) -> None:
    with later():
        for spelling in (
            staff.email,
            staff.email.upper(),
            staff.email.title(),
            f" {staff.email} ",
            staff.email,
        ):
            sign_in(Client(), spelling, "wrong")
        assert TOO_MANY in sign_in(Client(), staff.email.replace("s", "S"))


def test_a_device_has_a_count_of_its_own_which_its_cookie_does_not_help(staff: User, known: Client) -> None:
    with later(1):
        for _ in range(5):
            assert "do not match" in sign_in(known, staff.email, "wrong")
        assert f"{TOO_MANY} 5 minutes." in sign_in(known, staff.email)
        # Other devices were not asked to pay for it.
        assert sign_in(Client(), staff.email) == "/"
    with later(6.1):
        assert sign_in(known, staff.email) == "/"


def test_a_device_is_known_only_for_whoever_has_signed_in_there(
    universe: Universe, staff: User, known: Client
) -> None:
    other = universe.ours.provider
    with later(1):
        knock(other.email)
        assert TOO_MANY in sign_in(known, other.email)


def test_a_shared_computer_is_known_for_everybody_who_works_at_it(
    universe: Universe, staff: User, known: Client
) -> None:
    people = [staff, universe.ours.provider, universe.ours.manager]
    with later(1):
        for user in people:
            assert sign_in(known, user.email) == "/"
            known.post("/account/logout/")
        for user in people:
            knock(user.email)
            assert sign_in(known, user.email) == "/"
            known.post("/account/logout/")


def test_only_the_last_step_of_signing_in_makes_a_device_known(universe: Universe, staff: User) -> None:
    client = Client()
    with later():
        sign_in(client, staff.email, "wrong")
        assert COOKIE not in client.cookies
        User.objects.filter(pk=staff.pk).update(is_active=False)
        assert sign_in(client, staff.email) == "/account/inactive/"
        assert COOKIE not in client.cookies


def test_the_cookie_is_out_of_reach_of_scripts_lasts_and_says_nothing_of_whom(
    staff: User, known: Client
) -> None:
    cookie = known.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
        True, "Strict", "/", "",
    )  # fmt: skip
    assert cookie["max-age"] == int(LASTS.total_seconds())
    said = str(signing.loads(cookie.value, salt="taperplanner.accounts.devices"))
    assert staff.email not in said
    assert str(staff.pk) not in said


@pytest.mark.parametrize(
    "forged",
    ["", "nonsense", "W10:1:x", signing.dumps(["a", ["b"]], salt="another")],
    ids=["empty", "nonsense", "of no key", "of another use"],
)
def test_a_forged_or_old_cookie_is_no_device(staff: User, known: Client, forged: str) -> None:
    with later():
        knock(staff.email)
        client = Client()
        client.cookies[COOKIE] = forged
        assert TOO_MANY in sign_in(client, staff.email)
    with time_machine.travel(NOW + LASTS + timedelta(days=1), tick=False):
        knock(staff.email)
        assert TOO_MANY in sign_in(known, staff.email)


def test_the_cookie_of_a_device_at_which_very_many_work_is_one_that_a_browser_takes(
    universe: Universe,
) -> None:
    client, user = Client(), universe.ours.staff
    with later():
        for number in range(MOST_PEOPLE + 5):
            User.objects.filter(pk=user.pk).update(email=f"staff-{number}@riverside.example")
            assert sign_in(client, f"staff-{number}@riverside.example") == "/"
            client.post("/account/logout/")
    assert len(client.cookies[COOKIE].OutputString()) < 4096


def test_one_address_tries_many_accounts_only_so_often_and_known_devices_behind_it_are_spared(
    staff: User, known: Client
) -> None:
    most = int(FAILED_ATTEMPTS[FROM_ADDRESS].partition("/")[0])
    with later(1):
        for number in range(most):
            assert "do not match" in sign_in(Client(), f"guess-{number}@riverside.example")
        assert TOO_MANY in sign_in(Client(), "one-more@riverside.example")
        assert TOO_MANY in sign_in(Client(), staff.email)
        assert sign_in(known, staff.email) == "/"
        # Elsewhere nobody notices, and what was refused counted for no account.
        assert sign_in(Client(), staff.email, address="203.0.113.9") == "/"


def test_the_whole_site_is_tried_only_so_often_and_known_devices_are_spared(
    staff: User, known: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FAILED_ATTEMPTS, OF_SITE, "4/5m/key")  # type: ignore[arg-type]
    with later(1):
        for number in range(4):
            sign_in(Client(), f"guess-{number}@riverside.example", address=f"198.51.100.{number}")
        assert TOO_MANY in sign_in(Client(), staff.email, address="203.0.113.9")
        assert sign_in(known, staff.email) == "/"


def test_a_clinic_behind_one_address_signs_in_all_at_once(universe: Universe) -> None:
    """Thirty posts a minute from one address were all there were, with right passwords too."""
    with later():
        assert {sign_in(Client(), universe.ours.staff.email) for _ in range(40)} == {"/"}


def test_who_is_signed_in_confirms_however_often_others_knock(universe: Universe, staff: User) -> None:
    client = universe.client_of(staff)
    with later():
        knock(staff.email)
        answer = client.post("/account/reauthenticate/", {"password": PASSWORD})
        assert answer.status_code == 302
        for _ in range(5):
            client.post("/account/reauthenticate/", {"password": "wrong"})
        assert TOO_MANY in client.post("/account/reauthenticate/", {"password": PASSWORD}).content.decode()
        assert ELSEWHERE not in client.post("/account/reauthenticate/", {"password": "x"}).content.decode()


def test_an_attempt_that_was_not_let_through_is_no_event(staff: User) -> None:
    with later():
        knock(staff.email, times=12)
    assert Event.objects.filter(action="user.sign_in_failed").count() == 5
