"""A reset of somebody else's access, from the request to the day after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client

from taperplanner.accounts import actions
from taperplanner.accounts.access_changes import Kind
from taperplanner.accounts.links import password_link_path
from taperplanner.accounts.models import User
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.models import Event
from taperplanner.tapers.actions import CannotSign

from ..world.plans import open_plan, sign_plan, typed_schedule
from ..world.universe import NOW, PASSWORD, Universe, reset, second_manager

NEW = "four quiet words here"
PAGE = "/account/access/"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def provider(universe: Universe) -> User:
    return universe.ours.provider


def fresh(user: User) -> User:
    found: User = User.objects.get(pk=user.pk)
    return found


def use_link(universe: Universe, user: User) -> User:
    """As whoever opens it."""
    linked = actions.make_password_link(user=user, by=universe.ours.manager, at=NOW)
    return actions.set_password_with_link(user=linked, password=NEW, by=linked, at=NOW)


def sign_in(user: User, password: str = NEW) -> Client:
    client = Client()
    answer = client.post("/account/login/", {"login": user.email, "password": password})
    assert answer.status_code == 302
    return client


def codes_of(user: User) -> list[str]:
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        return RecoveryCodes.activate(user).get_unused_codes()


def test_an_account_neither_signs_nor_checks_for_a_day_after_a_reset(
    universe: Universe, provider: User
) -> None:
    plan = open_plan(universe.ours)
    reset(provider, universe.ours)
    user = use_link(universe, provider)
    actions.acknowledge_changes(user=user, by=user, at=NOW)
    with pytest.raises(CannotSign, match="Your password was set with a link"):
        sign_plan(plan, universe.ours, typed_schedule())
    assert why_not_sign(fresh(user), NOW + timedelta(hours=23, minutes=59))
    assert why_not_sign(fresh(user), NOW + timedelta(hours=24)) is None


def test_a_second_manager_confirms_it_and_whoever_asked_does_not(universe: Universe, provider: User) -> None:
    second = second_manager(universe.ours)
    change = actions.ask_reset(user=provider, kind=Kind.PASSWORD, by=universe.ours.manager, at=NOW)
    actions.approve_reset(change=change, by=second, at=NOW)
    user = use_link(universe, provider)
    actions.acknowledge_changes(user=user, by=user, at=NOW)
    with pytest.raises(actions.CannotEditUser, match="asked for this yourself"):
        actions.confirm_access(user=user, by=universe.ours.manager, at=NOW)
    actions.confirm_access(user=user, by=second, at=NOW)
    assert why_not_sign(fresh(user), NOW) is None


def test_it_ends_every_session_and_is_told_until_it_is_acknowledged(
    universe: Universe, provider: User
) -> None:
    before = universe.client_of(provider)
    assert before.get("/guidance/").status_code == 200
    reset(provider, universe.ours)
    user = use_link(universe, provider)
    assert before.get("/guidance/").status_code == 302
    for _ in range(2):
        client = sign_in(user)
        assert client.get("/patients/")["Location"] == PAGE
        page = client.get(PAGE).content.decode()
        assert "asked for by" in page
        assert "Otto Operator" in page
    assert client.post(PAGE, {"answer": "mine"})["Location"] == "/"
    assert client.get("/patients/").status_code == 200
    assert sign_in(user).get("/patients/").status_code == 200


def test_that_was_not_me_holds_the_account_until_somebody_else_confirms_it(
    universe: Universe, provider: User
) -> None:
    reset(provider, universe.ours)
    user = use_link(universe, provider)
    sign_in(user).post(PAGE, {"answer": "not-mine"})
    assert "That was not me" in str(why_not_sign(fresh(user), NOW + timedelta(days=30)))
    assert Event.objects.filter(action="user.change_denied", subject=str(user.pk)).exists()
    manager = universe.client_of(universe.ours.manager)
    assert "Waits for a manager" in manager.get("/clinic/users/").content.decode()


def test_without_an_approval_a_link_opens_with_the_persons_recovery_code_only(
    universe: Universe, provider: User
) -> None:
    codes = codes_of(provider)
    actions.ask_reset(user=provider, kind=Kind.PASSWORD, by=universe.ours.manager, at=NOW)
    linked = actions.make_password_link(user=provider, by=universe.ours.manager, at=NOW)
    client = Client()
    address = client.get(password_link_path(linked))["Location"]
    typed = {"password1": NEW, "password2": NEW}
    assert "Enter one of your recovery codes" in client.post(address, typed).content.decode()
    assert "none of your unused" in client.post(address, {**typed, "code": "00000000"}).content.decode()
    assert fresh(provider).check_password(PASSWORD)
    assert client.post(address, {**typed, "code": codes[0]}).status_code == 302
    assert fresh(provider).check_password(NEW)
    assert codes[0] not in RecoveryCodes(Authenticator.objects.get()).get_unused_codes()


def test_a_code_that_was_made_after_the_reset_confirms_nothing(universe: Universe, provider: User) -> None:
    reset(provider, universe.ours)
    user = use_link(universe, provider)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        code = RecoveryCodes.activate(user).get_unused_codes()[0]
    with pytest.raises(actions.CannotEditUser, match="from before the reset"):
        actions.confirm_with_code(user=user, code=code, by=user, at=NOW + timedelta(minutes=2))


def test_a_code_from_before_confirms_the_account_once(universe: Universe, provider: User) -> None:
    code = codes_of(provider)[0]
    reset(provider, universe.ours)
    user = use_link(universe, provider)
    actions.acknowledge_changes(user=user, by=user, at=NOW)
    client = Client()
    client.force_login(fresh(user))
    assert "recovery code" in client.get(f"{PAGE}confirm/").content.decode()
    assert client.post(f"{PAGE}confirm/", {"code": code})["Location"] == PAGE
    assert why_not_sign(fresh(user), NOW) is None


def test_a_reset_that_is_refused_or_waits_too_long_makes_no_link(universe: Universe, provider: User) -> None:
    change = reset(provider, universe.ours)
    linked = actions.make_password_link(user=provider, by=universe.ours.manager, at=NOW)
    path = password_link_path(linked)
    actions.withdraw_reset(change=change, by=universe.ours.manager, at=NOW)
    assert "no longer works" in Client().get(path).content.decode()
    later = NOW + timedelta(days=4)
    reset(provider, universe.ours)
    with pytest.raises(actions.CannotEditUser, match="Ask for a reset"):
        actions.make_password_link(user=provider, by=universe.ours.manager, at=later)


def test_the_first_sign_in_of_somebody_new_is_told_to_the_managers(universe: Universe) -> None:
    user = actions.add_user(
        clinic=universe.ours.clinic, email="nora@riverside.example", name="Nora New", credentials="",
        roles={"provider"}, by=universe.ours.manager, at=NOW,
    )  # fmt: skip
    use_link(universe, user)
    sign_in(user)
    sign_in(user)
    assert Event.objects.filter(action="user.signed_in_first", subject=str(user.pk)).count() == 1
    page = universe.client_of(universe.ours.manager).get(f"/clinic/users/{user.pk}/access/").content.decode()
    assert "first sign-in" in page


def operate(*given: str, operator: str = "Olga Ops") -> str:
    said = StringIO()
    call_command("reset_access", *given, "--operator", operator, "--reason", "one_manager", stdout=said)
    return said.getvalue()


def test_an_operator_lets_the_one_manager_of_a_clinic_in_again_by_name(universe: Universe) -> None:
    manager = universe.ours.manager
    assert "/account/password/set/" in operate("password", manager.email)
    for event in Event.objects.filter(action__startswith="user.reset"):
        assert event.user_id is None
        assert "Olga" not in str(vars(event))
    step: Any = manager.access_changes.get(kind=Kind.PASSWORD).steps.get()
    assert (step.operator, step.reason, step.by) == ("Olga Ops", "one_manager", None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("approve", "staff@riverside.example"), "waits for an approval"),
        (("confirm", "staff@riverside.example"), "Nothing about this account"),
        (("confirm", "nobody@riverside.example"), "Nobody signs in"),
    ],
)
def test_the_command_says_why_it_did_nothing(universe: Universe, given: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        operate(*given)


def test_the_command_asks_for_the_operators_name(universe: Universe) -> None:
    with pytest.raises(CommandError, match="own name"):
        operate("confirm", "staff@riverside.example", operator="  ")
