from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from taperplanner.accounts import actions
from taperplanner.accounts.access_changes import Kind
from taperplanner.accounts.adapter import TRY_LATER, MFAAdapter
from taperplanner.accounts.models import User
from taperplanner.audit.models import Event

from ..world.universe import NOW, PASSWORD, Universe, second_manager

TURN_ON, TURN_OFF = "/account/two-step/totp/activate/", "/account/two-step/totp/deactivate/"
CODES, NEW_CODES = "/account/two-step/recovery-codes/", "/account/two-step/recovery-codes/generate/"
ASK = "/account/two-step/authenticate/"


def code_at(secret: str, minutes: float) -> str:
    moment = NOW + timedelta(minutes=minutes)
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def confirm_password(client: Client) -> None:
    answer = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302


def turn_on(client: Client, minutes: float = 0) -> str:
    """The secret, as the person's phone now has it."""
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        assert client.get(TURN_ON)["Location"].startswith("/account/reauthenticate/")
        confirm_password(client)
        page = client.get(TURN_ON)
        secret: str = page.context["form"].secret
        assert secret in page.content.decode()
        answer = client.post(TURN_ON, {"code": code_at(secret, minutes)})
        assert answer["Location"] == CODES
    return secret


def sign_in(client: Client, user: User) -> str:
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD})["Location"]


def done(*names: str) -> list[str]:
    return list(Event.objects.filter(action__in=names).order_by("at").values_list("action", flat=True))


@pytest.fixture
def staff(universe: Universe) -> User:
    return universe.ours.staff


@pytest.fixture
def secret(universe: Universe, staff: User) -> str:
    return turn_on(universe.client_of(staff))


def test_signing_in_then_takes_a_code(staff: User, secret: str) -> None:
    client = Client()
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert sign_in(client, staff) == ASK
        assert client.get("/guidance/").status_code == 302, "the password alone is not enough"
        before = done("user.signed_in")
        assert client.post(ASK, {"code": code_at(secret, 5)})["Location"] == "/"
        assert client.get("/guidance/").status_code == 200
        assert len(done("user.signed_in")) == len(before) + 1


def test_whoever_signed_in_a_moment_ago_is_not_asked_for_the_password_again(staff: User) -> None:
    client = Client()
    with time_machine.travel(NOW, tick=False):
        assert sign_in(client, staff) == "/"
    with time_machine.travel(NOW + timedelta(minutes=4), tick=False):
        assert client.get(TURN_ON).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        assert client.get(TURN_ON)["Location"].startswith("/account/reauthenticate/")


def test_somebody_deactivated_between_the_password_and_the_code_stays_out(
    universe: Universe, staff: User, secret: str
) -> None:
    client, manager = Client(), universe.ours.manager
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        sign_in(client, staff)
        actions.deactivate_user(user=staff, by=manager, at=NOW)
        assert client.post(ASK, {"code": code_at(secret, 5)})["Location"] == "/account/inactive/"
        actions.reactivate_user(user=staff, by=manager, at=NOW)
        assert client.get("/guidance/").status_code == 302


def test_a_code_works_once(staff: User, secret: str) -> None:
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        for expected in (302, 200):
            client = Client()
            sign_in(client, staff)
            assert client.post(ASK, {"code": code_at(secret, 5)}).status_code == expected


def test_a_wrong_code_is_refused_with_a_sentence_and_written_down(staff: User, secret: str) -> None:
    client = Client()
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        sign_in(client, staff)
        page = client.post(ASK, {"code": "000000"}).content.decode()
    assert "This code is wrong" in page
    (event,) = Event.objects.filter(action="user.sign_in_failed")
    assert (event.user_id, event.subject, event.details) == (None, str(staff.pk), {"from": "127.0.0.1"})


def test_codes_cannot_be_tried_for_ever(staff: User, secret: str) -> None:
    client = Client()
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        sign_in(client, staff)
        for _ in range(5):
            client.post(ASK, {"code": "000000"})
        page = client.post(ASK, {"code": code_at(secret, 5)}).content.decode()
    assert TRY_LATER in page
    assert len(done("user.sign_in_failed")) == 5


def test_a_form_without_a_code_is_no_error(staff: User, secret: str) -> None:
    client = Client()
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        sign_in(client, staff)
        assert client.post(ASK, {"code": ""}).status_code == 200
        assert client.post(ASK).status_code == 200


def test_a_recovery_code_works_once_in_place_of_the_phone(
    universe: Universe, staff: User, secret: str
) -> None:
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        page = universe.client_of(staff).get(CODES)
        code = page.context["unused_codes"][0]
        for expected in (302, 200):
            client = Client()
            sign_in(client, staff)
            assert client.post(ASK, {"code": code}).status_code == expected


def test_turning_it_on_and_off_and_making_codes_is_written_down(
    universe: Universe, staff: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = universe.client_of(staff)
    with django_capture_on_commit_callbacks(execute=True):
        turn_on(client)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        old = client.get(CODES).context["unused_codes"]
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(NEW_CODES)["Location"] == CODES
        assert client.get(CODES).context["unused_codes"] != old
        saved = client.get(f"{CODES}download/")
        assert saved["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
        assert client.post(TURN_OFF)["Location"] == "/account/two-step/"
    names = ["user.recovery_codes_made", "user.two_step_turned_off", "user.two_step_turned_on"]
    assert sorted(done(*names)) == names
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("path", [TURN_OFF, CODES, NEW_CODES])
def test_each_change_asks_for_the_password_once_more(staff: User, secret: str, path: str) -> None:
    client = Client()
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        client.force_login(staff)
        assert client.get(path)["Location"].startswith("/account/reauthenticate/?next=")
        if path != CODES:
            assert client.post(path)["Location"].startswith("/account/reauthenticate/?next=")
        page = client.post("/account/reauthenticate/", {"password": "wrong"}).content.decode()
        assert "This is not your password" in page
        assert client.get(path).status_code == 302
    (event,) = Event.objects.filter(action="user.password_refused")
    assert event.user_id == staff.pk


def test_a_code_may_stand_in_for_the_password_there(staff: User, secret: str) -> None:
    client = Client()
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        client.force_login(staff)
        answer = client.post(
            "/account/two-step/reauthenticate/", {"code": code_at(secret, 10), "next": CODES}
        )
        assert answer["Location"] == CODES
        assert client.get(CODES).status_code == 200


def test_the_secret_is_encrypted_in_the_database(secret: str) -> None:
    stored = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert secret not in stored
    totp = Authenticator.objects.get(type="totp")
    assert MFAAdapter().decrypt(totp.data["secret"]) == secret


def test_a_new_secret_key_reads_what_the_one_before_encrypted(settings: object) -> None:
    old = MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "x" * 60  # type: ignore[attr-defined]
    assert MFAAdapter().decrypt(old) == "JBSWY3DPEHPK3PXP"
    new = MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    assert MFAAdapter().decrypt(new) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FALLBACKS"):
        MFAAdapter().decrypt(old)


def test_a_manager_asks_and_a_second_one_turns_it_off_for_somebody_who_lost_their_phone(
    universe: Universe, staff: User, secret: str
) -> None:
    """Nothing changes before the second one has approved it; then every session of theirs ends."""
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        own, first = universe.client_of(staff), universe.client_of(universe.ours.manager)
        second = universe.client_of(second_manager(universe.ours))
        page = f"/clinic/users/{staff.pk}/"
        assert "The phone and the recovery codes" in first.get(f"{page}reset/").content.decode()
        assert first.post(f"{page}reset/", {"kind": "second_factor"})["Location"] == f"{page}access/"
        change = staff.access_changes.get(kind="second_factor")
        approve = f"{page}resets/{change.pk}/approve/"
        assert approve not in first.get(f"{page}access/").content.decode()
        first.post(approve)
        assert sign_in(Client(), staff) == ASK
        assert own.get("/guidance/").status_code == 200
        assert approve in second.get(f"{page}access/").content.decode()
        second.post(approve)
        assert own.get("/guidance/").status_code == 302
        assert sign_in(Client(), staff) == "/"
        (event,) = Event.objects.filter(action="user.two_step_turned_off")
        assert (event.user_name, event.subject) == ("Manu Second", str(staff.pk))


def test_nobody_asks_for_a_reset_of_their_own(universe: Universe) -> None:
    manager = universe.ours.manager
    turn_on(universe.client_of(manager))
    with pytest.raises(actions.CannotEditUser, match="your own"):
        actions.ask_reset(user=manager, kind=Kind.SECOND_FACTOR, by=manager, at=NOW)
