from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.utils.module_loading import import_string

from taperplanner import settings as written
from taperplanner.accounts import actions
from taperplanner.accounts.attempts import ELSEWHERE, TOO_MANY
from taperplanner.accounts.models import User
from taperplanner.audit.models import Event

from ..world.universe import NOW, PASSWORD, Universe

SIGN_IN = "/account/login/"
MISMATCH = "do not match"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> str:
    """Where the browser is sent, or the page it is shown."""
    answer = client.post(SIGN_IN, {"login": email, "password": password, **more})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def events(*names: str) -> list[Event]:
    return list(Event.objects.filter(action__in=names))


def test_the_hash_of_passwords_is_argon2() -> None:
    assert written.PASSWORD_HASHERS == ["taperplanner.accounts.hashing.BoundedArgon2"]
    assert issubclass(import_string(written.PASSWORD_HASHERS[0]), Argon2PasswordHasher)


def test_argon2_is_there_and_works(universe: Universe, settings: object) -> None:
    settings.PASSWORD_HASHERS = written.PASSWORD_HASHERS  # type: ignore[attr-defined]
    user = universe.ours.staff
    user.set_password(PASSWORD)
    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password(PASSWORD)


def test_somebody_signs_in_and_out_and_both_are_written_down(universe: Universe, client: Client) -> None:
    staff = universe.ours.staff
    assert sign_in(client, "STAFF@riverside.example") == "/"
    assert client.get("/guidance/").status_code == 200
    assert client.post("/account/logout/")["Location"] == SIGN_IN
    assert client.get("/guidance/").status_code == 302
    done = events("user.signed_in", "user.signed_out")
    assert [(event.user_id, event.clinic_id) for event in done] == [(staff.pk, staff.clinic_id)] * 2
    staff.refresh_from_db()
    assert staff.last_login


def test_sign_in_goes_on_to_the_page_that_was_asked_for(universe: Universe, client: Client) -> None:
    page = client.get(f"{SIGN_IN}?next=/guidance/").content.decode()
    assert '<input type="hidden" name="next" value="/guidance/">' in page
    assert sign_in(client, universe.ours.staff.email, next="/guidance/") == "/guidance/"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_sign_in_never_goes_to_another_site(universe: Universe, client: Client, elsewhere: str) -> None:
    assert sign_in(client, universe.ours.staff.email, next=elsewhere) == "/"


def test_an_unknown_address_and_a_wrong_password_get_the_same_page(universe: Universe) -> None:
    pages = [
        Client().post(SIGN_IN, {"login": email, "password": password})
        for email, password in (
            ("nobody@riverside.example", PASSWORD),
            (universe.ours.staff.email, "wrong"),
        )
    ]
    assert [page.status_code for page in pages] == [200, 200]
    unknown, wrong = (
        page.content.decode().replace("nobody@riverside.example", "X").replace(universe.ours.staff.email, "X")
        for page in pages
    )
    assert MISMATCH in wrong
    strip = r'name="csrfmiddlewaretoken" value="'
    assert unknown.split(strip)[0] == wrong.split(strip)[0]
    assert unknown.split(strip)[1][64:] == wrong.split(strip)[1][64:]


def test_somebody_deactivated_gets_that_page_too(universe: Universe, client: Client) -> None:
    actions.deactivate_user(user=universe.ours.staff, by=universe.ours.manager, at=NOW)
    assert MISMATCH in sign_in(client, universe.ours.staff.email)


def test_deactivated_between_the_password_and_the_door_is_not_let_in(
    universe: Universe, client: Client
) -> None:
    User.objects.filter(pk=universe.ours.staff.pk).update(is_active=False)
    assert sign_in(client, universe.ours.staff.email) == "/account/inactive/"
    assert "deactivated" in client.get("/account/inactive/").content.decode()
    assert client.get("/guidance/").status_code == 302
    assert len(events("user.sign_in_failed")) == 1


def test_a_failed_try_is_written_down_without_what_was_typed(
    universe: Universe, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in(client, universe.ours.staff.email, "Tr0ub4dor&3")
    (event,) = events("user.sign_in_failed")
    assert (event.user_id, event.user_name) == (None, "")
    assert (event.subject, event.clinic_id) == (str(universe.ours.staff.pk), universe.ours.clinic.pk)
    assert event.details == {"from": "127.0.0.1"}
    assert "Tr0ub4dor" not in caplog.text


def test_a_failed_try_with_nobodys_address_is_counted_and_leaves_nothing_that_was_typed(
    universe: Universe, client: Client
) -> None:
    """People type their password into the wrong box."""
    before = Event.objects.count()
    sign_in(client, "nobody@riverside.example")
    assert Event.objects.count() == before + 1
    (event,) = events("user.sign_in_failed_unknown")
    assert (event.clinic_id, event.user_name, event.subject) == (None, "", "")
    assert event.details == {"from": "127.0.0.1"}


def test_too_many_failed_tries_for_an_address_are_stopped_and_the_right_password_waits_too(
    universe: Universe, client: Client
) -> None:
    email = universe.ours.staff.email
    with time_machine.travel(NOW, tick=False):
        for _ in range(5):
            assert MISMATCH in sign_in(client, email, "wrong")
        assert f"{TOO_MANY} 5 minutes. {ELSEWHERE}" in sign_in(client, email)
        assert len(events("user.sign_in_failed")) == 5
        # Somebody else at the same desk is not held up.
        assert sign_in(Client(), universe.ours.provider.email) == "/"
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        assert sign_in(client, email) == "/"


def test_too_many_requests_get_a_page_of_ours(universe: Universe) -> None:
    client = universe.client_of(universe.ours.staff)
    with time_machine.travel(NOW, tick=False):
        for _ in range(5):
            client.post("/account/password/change/", {"oldpassword": ""})
        answer = client.post("/account/password/change/", {"oldpassword": ""})
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_the_limits_live_where_every_process_sees_them() -> None:
    cache = settings.CACHES["default"]
    assert issubclass(import_string(cache["BACKEND"]), DatabaseCache)
    assert cache["OPTIONS"]["MAX_ENTRIES"] >= 100_000


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", ""),
        ("not an address", "x"),
        ("a\x00b@riverside.example", "x"),
        ("a@b.example", "\x00"),
        ("a" * 9000, "x"),
    ],
    ids=["empty", "no address", "NUL in the address", "NUL in the password", "very long"],
)
def test_bad_input_is_shown_again_with_a_sentence(
    client: Client, db: None, email: str, password: str
) -> None:
    page = sign_in(client, email, password)
    assert "invalid-feedback" in page
    assert 'type="password"' in page
    assert f'value="{password}"' not in page


def test_nobody_can_sign_up(client: Client, db: None) -> None:
    for path in ("signup", "email", "confirm-email", "password/reset", "password/set", "login/code"):
        assert client.get(f"/account/{path}/").status_code == 404, path


def test_a_request_for_json_gets_the_page_and_no_echo_of_what_was_typed(
    universe: Universe, client: Client
) -> None:
    answer = client.post(
        SIGN_IN, {"login": "x@y.example", "password": "secret-1"}, headers={"Accept": "application/json"}
    )
    assert answer["Content-Type"].startswith("text/html")
    assert "secret-1" not in answer.content.decode()


def test_changing_the_password_ends_every_other_session(universe: Universe) -> None:
    staff = universe.ours.staff
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, staff.email)
    new = "four quiet words here"
    answer = here.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer["Location"] == "/"
    assert here.get("/guidance/").status_code == 200
    assert there.get("/guidance/").status_code == 302
    (event,) = events("user.password_set")
    assert (event.user_id, event.details) == (staff.pk, {})
    assert authenticate(None, email=staff.email, password=new) == staff


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"oldpassword": "wrong"}, "This is not your password"),
        ({"password1": "short", "password2": "short"}, "at least 15 characters"),
        ({"password2": "something else entirely"}, "the same password each time"),
        ({"password1": "administrator123", "password2": "administrator123"}, "tried first"),
        ({"password1": "staff@riverside", "password2": "staff@riverside"}, "too similar"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_password_that_will_not_do_is_refused_with_a_sentence(
    universe: Universe, given: dict[str, str], sentence: str
) -> None:
    good = {
        "oldpassword": PASSWORD,
        "password1": "four quiet words here",
        "password2": "four quiet words here",
    }
    client = universe.client_of(universe.ours.staff)
    answer = client.post("/account/password/change/", good | given)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not events("user.password_set")


def test_setting_a_password_cannot_bring_back_somebody_deactivated_meanwhile(universe: Universe) -> None:
    """The page holds the person as they were when it was asked for."""
    staff = universe.ours.staff
    client = universe.client_of(staff)
    change = actions.set_password

    def deactivated_first(**given: object) -> User:
        actions.deactivate_user(user=staff, by=universe.ours.manager, at=NOW)
        return change(**given)  # type: ignore[arg-type]

    new = "four quiet words here"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "set_password", deactivated_first)
        answer = client.post(
            "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
    assert answer["Location"] == "/account/inactive/"
    staff.refresh_from_db()
    assert (staff.is_active, staff.has_usable_password()) == (False, False)


def test_allauths_own_table_of_addresses_stays_empty(universe: Universe, client: Client) -> None:
    """A row in it lets somebody sign in with an address that a manager has changed since."""
    sign_in(client, universe.ours.staff.email)
    client.get("/account/two-step/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/two-step/totp/activate/")
    assert not EmailAddress.objects.exists()


def test_after_a_change_of_address_only_the_new_one_signs_in(universe: Universe) -> None:
    staff = universe.ours.staff
    assert sign_in(Client(), staff.email) == "/"
    staff.refresh_from_db()
    actions.edit_user(
        user=staff,
        revision=staff.revision,
        email="sam.new@riverside.example",
        name=staff.name,
        credentials=staff.credentials,
        roles=staff.roles,
        by=universe.ours.manager,
        at=NOW,
    )
    assert MISMATCH in sign_in(Client(), staff.email)
    assert sign_in(Client(), "sam.new@riverside.example") == "/"
