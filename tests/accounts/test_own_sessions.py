"""Everybody sees where they are signed in, and ends what they left open or do not know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
import time_machine
from django.test import Client

from taperplanner.accounts import actions
from taperplanner.accounts.adapter import AccountAdapter
from taperplanner.accounts.device_words import device_in_words
from taperplanner.accounts.models import Session, User
from taperplanner.accounts.sessions_of import end_sessions, open_sessions
from taperplanner.audit.models import Event
from taperplanner.audit.sentences import SENTENCES

from ..world.universe import NOW, PASSWORD, Universe

PAGE: Final = "/account/sessions/"
PHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
)
DESK: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
)


def after(**time: float) -> Any:
    return time_machine.travel(NOW + timedelta(**time), tick=False)


def signed_in(user: User, device: str, address: str = "127.0.0.1") -> Client:
    client = Client(headers={"User-Agent": device}, REMOTE_ADDR=address)
    with after():
        client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        assert client.get(PAGE).status_code == 200
    return client


def is_in(client: Client) -> bool:
    with after(minutes=1):
        return client.get(PAGE).status_code == 200


def end(client: Client, session: str) -> str:
    """With the password, where it is asked for; the page that follows."""
    answer = client.post(PAGE, {"session": session})
    if answer["Location"].startswith("/account/reauthenticate/"):
        answer = client.post(answer["Location"], {"password": PASSWORD}, follow=True)
        return answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def count(user: User, **time: float) -> int:
    return len(open_sessions(User.objects.get(pk=user.pk), this=None, at=NOW + timedelta(**time)))


@pytest.fixture
def user(universe: Universe) -> User:
    return universe.ours.staff


@pytest.fixture
def desk(user: User) -> Client:
    return signed_in(user, DESK)


@pytest.fixture
def phone(user: User, desk: Client) -> Client:
    return signed_in(user, PHONE)


def handle_of_phone(desk: Client) -> str:
    with after(minutes=1):
        (other,) = [one for one in desk.get(PAGE).context["sessions"] if not one.is_this_one]
    found: str = other.handle
    return found


def test_the_page_lists_each_in_plain_words_and_this_one_first(desk: Client, phone: Client) -> None:
    with after(minutes=1):
        answer = desk.get(PAGE)
    shown = [(one.device, one.is_this_one) for one in answer.context["sessions"]]
    assert shown == [("Edge on Windows", True), ("Safari on an iPhone", False)]
    page = answer.content.decode()
    assert page.count("This one</span>") == page.count("End this one") == 1
    assert "127.0.0.1" in page
    for client in (desk, phone):
        assert client.session.session_key not in page


def test_one_is_ended_from_another(desk: Client, phone: Client, user: User) -> None:
    with after(minutes=1):
        end(desk, handle_of_phone(desk))
    assert (is_in(desk), is_in(phone)) == (True, False)
    (event,) = Event.objects.filter(action="user.session_ended")
    assert (event.user_id, event.subject) == (user.pk, str(user.pk))


def test_all_others_are_ended_at_once(desk: Client, phone: Client, user: User) -> None:
    with after(minutes=1):
        page = end(desk, "others")
    assert "You are signed in nowhere else." in page
    assert (is_in(desk), is_in(phone)) == (True, False)
    (event,) = Event.objects.filter(action="user.other_sessions_ended")
    assert event.details["ended"] == 1


def test_both_events_have_a_sentence() -> None:
    assert {"user.session_ended", "user.other_sessions_ended"} <= set(SENTENCES)


@pytest.mark.parametrize("session", ["others", "one"])
def test_a_sign_in_of_some_time_ago_is_asked_for_the_password(
    desk: Client, phone: Client, session: str
) -> None:
    handle = "others" if session == "others" else handle_of_phone(desk)
    with after(minutes=6):
        assert desk.get(PAGE).status_code == 200
        answer = desk.post(PAGE, {"session": handle})
        assert answer["Location"].startswith("/account/reauthenticate/")
        assert phone.get(PAGE).status_code == 200
        desk.post(answer["Location"], {"password": PASSWORD}, follow=True)
        assert phone.get(PAGE).status_code == 302


def test_nobody_ends_a_session_of_somebody_else(desk: Client, phone: Client, universe: Universe) -> None:
    other = signed_in(universe.ours.provider, DESK)
    with after(minutes=1):
        for asked in (handle_of_phone(desk), "others", phone.session.session_key):
            end(other, asked)
    assert is_in(phone)
    assert not Event.objects.filter(action__contains="session").exists()


def test_what_ended_meanwhile_is_said(desk: Client, phone: Client) -> None:
    handle = handle_of_phone(desk)
    with after(minutes=1):
        phone.post("/account/logout/")
        page = end(desk, handle)
    assert "That one has ended already." in page


def test_who_signed_out_was_idle_or_is_past_twelve_hours_is_not_listed(
    desk: Client, phone: Client, user: User
) -> None:
    assert count(user) == 2
    assert count(user, minutes=user.clinic.idle_limit_minutes + 1) == 0
    for row in Session.objects.filter(user=user):
        data = row.get_decoded()
        data["seen_at"] = (NOW + timedelta(hours=12)).isoformat()
        row.session_data = Session.objects.encode(data)
        row.save()
    assert count(user, hours=11.9) == 2
    assert count(user, hours=12) == 0
    with after(hours=11):
        phone.post("/account/logout/")
    assert count(user, hours=11) == 1


def test_after_a_password_change_this_one_alone_is_listed(desk: Client, phone: Client, user: User) -> None:
    new = "a long sentence nobody typed before"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    with after(minutes=1):
        desk.post("/account/password/change/", sent)
    assert (is_in(desk), is_in(phone), count(user, minutes=1)) == (True, False, 1)


def test_of_somebody_deactivated_none_is_listed(desk: Client, universe: Universe, user: User) -> None:
    actions.deactivate_user(user=user, by=universe.ours.manager, at=NOW)
    assert count(user) == 0


def test_a_reset_ends_all_of_them(desk: Client, phone: Client, user: User) -> None:
    current = User.objects.get(pk=user.pk)
    end_sessions(current, NOW)
    current.save()
    assert count(user) == 0
    assert not is_in(desk)
    assert not is_in(phone)


@pytest.mark.parametrize("told", ["mfa/email/totp_activated", "mfa/email/webauthn_added"])
def test_a_new_second_factor_ends_the_others(
    desk: Client, phone: Client, user: User, told: str, rf: Any
) -> None:
    from allauth.core import context

    request = rf.get("/")
    request.user, request.session = user, desk.session
    with after(minutes=1), context.request_context(request):
        AccountAdapter().send_notification_mail(told, user)
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert Event.objects.filter(action="user.other_sessions_ended").count() == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari on an iPhone"),
        (DESK, "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.4 Safari/605.1.15", "Safari on a Mac"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("", "A browser that does not say what it is"),
        ("<script>alert(1)</script>", "A browser that does not say what it is"),
    ],
)
def test_a_device_is_said_in_plain_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
