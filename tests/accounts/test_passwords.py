"""What a new password may be: long, and not one that somebody else tries first."""

from __future__ import annotations

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from taperplanner.accounts import actions
from taperplanner.accounts.links import password_link_path
from taperplanner.accounts.models import User
from taperplanner.accounts.passwords import LONGEST, RULES
from taperplanner.demo.clinic import PASSWORD as DEMO_PASSWORD

from ..world.universe import NOW, Universe, reset


@pytest.fixture
def staff(universe: Universe) -> User:
    return universe.ours.staff


def second_step(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def refusal(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.messages[0]
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "four quiet words here",
        "лодка сорок дождь",
        "quietly sixteen!",
        "84619 52047 3186",  # figures alone, and nobody's
        "synthetic-clinic-2026",
        "a" + "Zk7#pw!Qm2x" * 10 + "TreeFog",
    ],
)
def test_a_long_one_of_any_characters_will_do(staff: User, password: str) -> None:
    assert refusal(password, staff) == ""


def test_the_demos_password_goes_on_working(staff: User) -> None:
    assert refusal(DEMO_PASSWORD, staff) == ""


@pytest.mark.parametrize(
    ("length", "will_do"), [(14, False), (15, True), (LONGEST, True), (LONGEST + 1, False)]
)
def test_fifteen_characters_or_more(staff: User, length: int, will_do: bool) -> None:
    password = ("tree fog lamp nine " * 8 + "x")[:length]
    if length > 60:
        password = "".join(chr(0x4E00 + place * 7) for place in range(length))
    assert (refusal(password, staff) == "") is will_do


def test_eight_or_more_for_somebody_with_a_second_step(staff: User) -> None:
    assert "at least 15 characters" in refusal("tree fog", staff)
    second_step(staff)
    assert refusal("tree fog", staff) == ""
    assert "at least 8 characters" in refusal("treefog", staff)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "abcabcabcabc", "abcabcabcabcabcabc", "123456789012345", "098765432109876",
        "abcdefghijklmno", "zyxwvutsrqponml", "qwertyuiopasdfgh", "QwErTyUiOp!@#$%^", "aaabbbcccdddeee",
        "111222333444555", "x y x y x y x y x", "Tr33Fog!Tr33Fog!", "1234567890qwertyuiop",
    ],
)  # fmt: skip
def test_what_repeats_itself_or_follows_the_keyboard_is_refused(staff: User, password: str) -> None:
    assert refusal(password, staff)
    second_step(staff)
    assert "Choose another one" in refusal(password, staff)


@pytest.mark.parametrize(
    "password",
    [
        "manchesterunited", "john!20130605at1753", "1qaz2wsx3edc4rfv", "sunshine!!2026!!", "2026-Charlotte-2026",
        "dragondragondragon", "!!!football!!!###",
    ],
)  # fmt: skip
def test_one_that_was_breached_is_refused_also_with_figures_around_it(staff: User, password: str) -> None:
    assert "tried first" in refusal(password, staff)


def test_the_list_has_more_than_the_three_thousand_that_could_be_chosen() -> None:
    """ASVS 5.0, 6.2.4: of those that the rules on length would let through."""
    assert sum(len(password) >= 8 for password in CommonPasswordValidator().passwords) > 3000


@pytest.mark.parametrize(
    "password",
    [
        "RiversideClinic1", "riverside-riverside!", "taperplanner2026", "TaperPlanner!!12", "clonazepam-clinic",
        "sam.staff.riverside", "SamStaffRiverside7", "password-password1", "WelcomeRiverside22",
    ],
)  # fmt: skip
def test_one_that_is_little_more_than_names_is_refused(staff: User, password: str) -> None:
    assert refusal(password, staff)
    second_step(staff)
    assert refusal(password, staff)


@time_machine.travel(NOW)
def test_the_page_of_the_link_says_the_rules_and_keeps_to_them(universe: Universe, staff: User) -> None:
    reset(staff, universe.ours)
    user = actions.make_password_link(user=staff, by=universe.ours.manager, at=NOW)
    client = Client()
    address = client.get(password_link_path(user))["Location"]
    assert RULES in client.get(address).content.decode()
    for password in ("RiversideClinic1", "aaaaaaaaaaaaaaaa", "four quiet wrd"):
        page = client.post(address, {"password1": password, "password2": password})
        assert "invalid-feedback" in page.content.decode(), password
        assert password not in page.content.decode()


def test_nothing_keeps_a_password_from_being_pasted_or_kept_by_a_manager_of_passwords(
    universe: Universe,
) -> None:
    page = universe.client_of(universe.ours.staff).get("/account/password/change/").content.decode()
    assert "onpaste" not in page
    assert 'autocomplete="new-password"' in page
    assert 'autocomplete="current-password"' in page
    assert "maxlength" not in page
