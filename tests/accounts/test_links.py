"""The one-time link with which a person sets their password."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from taperplanner.accounts import actions
from taperplanner.accounts.links import password_link_path
from taperplanner.accounts.models import User
from taperplanner.accounts.signing_rights import open_reset
from taperplanner.audit.models import Event

from ..world.universe import NOW, PASSWORD, Universe, reset
from .test_two_step import turn_on

NEW = "four quiet words here"
DEAD = "This link no longer works"


def make_link(universe: Universe, user: User, minutes: float = 0) -> str:
    """As the manager reads it off the page, of a reset that an operator approved."""
    if not open_reset(user, NOW):
        reset(user, universe.ours)
    client = Client()
    client.force_login(universe.ours.manager)
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        page = client.post(f"/clinic/users/{user.pk}/password-link/").content.decode()
    found = re.search(r'value="http://testserver(/account/password/set/[^"]+)"', page)
    assert found, page
    return found[1]


def use(link: str, password: str = NEW, minutes: float = 1) -> str:
    """The page that the link opens, or the one that setting the password leads to."""
    client = Client()
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        opened = client.get(link)
        if opened.status_code != 302:
            return opened.content.decode()
        answer = client.post(opened["Location"], {"password1": password, "password2": password})
        return (
            client.get(answer["Location"], follow=True).content.decode()
            if answer.status_code == 302
            else answer.content.decode()
        )


def works(email: str, password: str) -> bool:
    return Client().post("/account/login/", {"login": email, "password": password}).status_code == 302


@pytest.fixture
def staff(universe: Universe) -> User:
    return universe.ours.staff


def test_a_link_sets_the_password_and_then_is_used_up(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    assert "Your password is changed" in use(link)
    assert works(staff.email, NEW)
    assert DEAD in use(link, "another set of words")
    assert not works(staff.email, "another set of words")
    staff.refresh_from_db()
    assert staff.password_link_at is None


def test_whoever_set_a_password_is_signed_in_with_it(universe: Universe, staff: User) -> None:
    assert "Sign out" in use(make_link(universe, staff))


def test_and_is_asked_for_the_second_step_that_they_have(universe: Universe, staff: User) -> None:
    turn_on(universe.client_of(staff))
    link, client = make_link(universe, staff), Client()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        opened = client.get(link)["Location"]
        answer = client.post(opened, {"password1": NEW, "password2": NEW})
        assert answer["Location"].startswith("/account/two-step/authenticate/")
        assert client.get("/guidance/").status_code == 302


def test_the_old_password_works_until_the_link_is_used(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    assert staff.check_password(PASSWORD)
    use(link)
    assert not works(staff.email, PASSWORD)


def test_setting_a_password_ends_every_session_of_theirs(universe: Universe, staff: User) -> None:
    client = universe.client_of(staff)
    assert client.get("/guidance/").status_code == 200
    staff.refresh_from_db()
    use(make_link(universe, staff))
    assert client.get("/guidance/").status_code == 302


def test_a_newer_link_ends_the_one_before(universe: Universe, staff: User) -> None:
    first, second = make_link(universe, staff), make_link(universe, staff, minutes=0.5)
    assert DEAD in use(first)
    assert "Your password is changed" in use(second)


def test_a_newer_password_ends_the_link(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    actions.set_password(user=staff, password=NEW, by=staff, at=NOW)
    assert DEAD in use(link)


def test_a_link_lasts_three_days(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    assert DEAD in use(link, minutes=3 * 24 * 60 + 1)
    assert "Your password is changed" in use(link, minutes=3 * 24 * 60 - 1)


def test_deactivating_ends_the_link_and_reactivating_does_not_bring_it_back(
    universe: Universe, staff: User
) -> None:
    link = make_link(universe, staff)
    assert actions.deactivate_user(user=staff, by=universe.ours.manager, at=NOW).password_link_at is None
    assert DEAD in use(link)
    actions.reactivate_user(user=staff, by=universe.ours.manager, at=NOW)
    assert DEAD in use(link)


def test_somebody_without_access_has_no_link_whoever_took_it_away(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    User.objects.filter(pk=staff.pk).update(is_active=False)
    assert DEAD in use(link)


def test_another_address_ends_the_link(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    actions.edit_user(
        user=staff, revision=1, email="sam.new@riverside.example", name=staff.name, credentials="",
        roles=staff.roles, by=universe.ours.manager, at=NOW,
    )  # fmt: skip
    assert DEAD in use(link)


def test_a_link_is_for_one_person(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    assert DEAD in use(link.replace(staff.pk.hex, universe.ours.provider.pk.hex))


@pytest.mark.parametrize(
    "link",
    [
        "/account/password/set/zzz-zzz/",
        "/account/password/set/1-set-password/",
        f"/account/password/set/{'0' * 32}-d0-{'a' * 32}/",
        "/account/password/set/x-%00/",
        "/account/password/set/x-a/b/c/",
    ],
)
def test_an_invented_link_gets_a_page_that_says_so(db: None, link: str) -> None:
    assert DEAD in Client().get(link).content.decode()


def test_a_password_that_will_not_do_leaves_the_link_alive(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    assert "at least 15 characters" in use(link, "short")
    assert "Your password is changed" in use(link)


def test_the_link_is_shown_once_and_never_written_down(
    universe: Universe, staff: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    link = make_link(universe, staff)
    token = link.rstrip("/").rpartition("-")[2]
    manager = universe.client_of(universe.ours.manager)
    for page in ("password-link/", "edit/"):
        assert token not in manager.get(f"/clinic/users/{staff.pk}/{page}").content.decode()
    assert token not in caplog.text
    written = [str(vars(event)) for event in Event.objects.all()]
    assert any("user.password_link_shown" in event for event in written)
    assert not any(token in event for event in written)
    assert token not in str(list(User.objects.values_list()))


def test_whoever_has_no_link_has_no_token_that_fits(universe: Universe, staff: User) -> None:
    """A token can be worked out for anybody by whoever has the secret key; it opens nothing unasked."""
    assert DEAD in use(password_link_path(staff))


def test_the_page_that_is_opened_keeps_the_secret_out_of_its_address(universe: Universe, staff: User) -> None:
    link = make_link(universe, staff)
    with time_machine.travel(NOW, tick=False):
        answer = Client().get(link)
    assert answer["Location"] == f"/account/password/set/{staff.pk.hex}-set-password/"


def test_opening_a_link_in_somebody_elses_browser_signs_them_out(universe: Universe, staff: User) -> None:
    client = Client()
    client.force_login(universe.ours.provider)
    with time_machine.travel(NOW, tick=False):
        link = make_link(universe, staff)
        client.get(client.get(link)["Location"])
    assert client.get("/guidance/").status_code == 302
