"""A passkey signs and checks: what it was asked for, once, within five minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from taperplanner.accounts.models import Confirmation, Method
from taperplanner.accounts.passkeys import ASKED, AT_ONCE
from taperplanner.accounts.proofs import (
    EXPIRED,
    NOT_READ,
    OF_SOMETHING_ELSE,
    USED,
)
from taperplanner.audit.models import Event
from taperplanner.tapers.models import Plan, Version, VersionCheck

from ..world.confirming import OPTIONS, options, plan_of_another, sign
from ..world.passkeys import Passkey
from ..world.plan_pages import plan_url, posted_signature
from ..world.plans import NARDI, open_plan, save_draft, signed_version, typed_schedule
from ..world.universe import NOW, Universe, checker

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def plan(universe: Universe) -> Plan:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    return plan


@pytest.fixture
def signer(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


@pytest.fixture
def passkey(universe: Universe) -> Passkey:
    passkey = Passkey(universe.ours.provider)
    passkey.registered()
    return passkey


def test_a_passkey_signs_in_place_of_the_password(
    universe: Universe, signer: Client, plan: Plan, passkey: Passkey
) -> None:
    asked = options(signer, plan)["options"]
    assert asked["publicKey"]["userVerification"] == "required"
    sign(signer, plan, password="", passkey=passkey.answer(asked))
    assert Version.objects.get().signed_by == universe.ours.provider
    assert Confirmation.objects.get().method == Method.PASSKEY
    assert Authenticator.objects.get().last_used_at == NOW


def test_whoever_has_a_passkey_cannot_sign_with_the_password(
    signer: Client, plan: Plan, passkey: Passkey
) -> None:
    page = signer.get(plan_url(plan, "draft/sign/")).content.decode()
    assert 'type="password"' not in page
    assert "Confirm with your passkey" in sign(signer, plan)
    assert not Version.objects.exists()


def test_the_passkey_is_not_asked_while_something_else_is_wrong(
    signer: Client, plan: Plan, passkey: Passkey
) -> None:
    assert options(signer, plan, date_of_birth="") == {"is_wrong": True}
    page = sign(signer, plan, passkey="asked", date_of_birth="")
    assert "Type the patient&#x27;s date of birth." in page
    assert not Event.objects.filter(action="draft.signing_refused").exists()


def test_a_replayed_passkey_is_refused(
    universe: Universe, signer: Client, plan: Plan, passkey: Passkey
) -> None:
    answer = passkey.answer(options(signer, plan)["options"])
    sign(signer, plan, password="", passkey=answer)
    second = plan_of_another(universe.ours)
    assert USED in sign(signer, second, password="", passkey=answer)
    assert Version.objects.count() == 1
    assert Event.objects.get(action="draft.signing_refused").details == {
        "why": "wrong passkey",
        "from": "127.0.0.1",
    }


def test_a_passkey_signs_only_what_it_was_asked_for(
    universe: Universe, signer: Client, plan: Plan, passkey: Passkey
) -> None:
    second = plan_of_another(universe.ours)
    answer = passkey.answer(options(signer, plan)["options"])
    assert OF_SOMETHING_ELSE in sign(signer, second, password="", passkey=answer)
    assert not Version.objects.exists()


def test_a_draft_that_changed_after_the_passkey_is_not_signed_and_nothing_typed_is_lost(
    universe: Universe, signer: Client, plan: Plan, passkey: Passkey
) -> None:
    sent = posted_signature(plan, password="", passkey=passkey.answer(options(signer, plan)["options"]))
    save_draft(plan, typed_schedule("03/09/2026"), universe.ours)
    page = signer.post(plan_url(plan, "draft/sign/"), sent).content.decode()
    assert "The draft was changed after you opened this page" in page or OF_SOMETHING_ELSE in page
    assert sent["date_of_birth"] in page
    assert not Version.objects.exists()


def test_a_passkey_answers_within_five_minutes(
    signer: Client, plan: Plan, passkey: Passkey, clock: time_machine.Coordinates
) -> None:
    answer = passkey.answer(options(signer, plan)["options"])
    clock.shift(timedelta(minutes=5, seconds=1))
    assert EXPIRED in sign(signer, plan, password="", passkey=answer)
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"verifies": False},
        {"origin": "https://evil.example"},
        {"origin": "http://testserver"},
    ],
    ids=str,
)
def test_a_passkey_without_pin_or_of_another_site_is_refused(
    signer: Client, plan: Plan, passkey: Passkey, wrong: dict[str, Any]
) -> None:
    asked = options(signer, plan)["options"]
    assert NOT_READ in sign(signer, plan, password="", passkey=replace(passkey, **wrong).answer(asked))
    assert not Version.objects.exists()


def test_a_colleagues_passkey_does_not_sign(
    universe: Universe, signer: Client, plan: Plan, passkey: Passkey
) -> None:
    other = Passkey(universe.ours.manager)
    other.registered()
    assert NOT_READ in sign(signer, plan, password="", passkey=other.answer(options(signer, plan)["options"]))
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    "sent", ["null", "[]", "{", '{"id": 1}', "1" * 30_000, '{"rawId": "a", "response": []}', "[" * 15_000]
)
def test_whatever_is_sent_in_place_of_an_answer_is_refused_with_a_sentence(
    signer: Client, plan: Plan, passkey: Passkey, sent: str
) -> None:
    assert NOT_READ in sign(signer, plan, password="", passkey=sent)


def test_a_session_keeps_a_few_challenges_and_each_once(signer: Client, plan: Plan, passkey: Passkey) -> None:
    for _ in range(AT_ONCE + 3):
        asked = options(signer, plan)["options"]
    assert len(signer.session[ASKED]) == AT_ONCE
    passkey.verifies = False
    sign(signer, plan, password="", passkey=passkey.answer(asked))
    assert len(signer.session[ASKED]) == AT_ONCE - 1


def test_a_check_is_confirmed_with_a_passkey_for_what_was_typed(universe: Universe) -> None:
    user = checker(universe.ours)
    passkey = Passkey(user)
    passkey.registered()
    version, client = signed_version(universe.ours), universe.client_of(user)
    address = f"{version.get_absolute_url()}check/"
    doses = {f"dose-{number}": row[1] for number, row in enumerate(NARDI, 1)}
    asked = client.post(address, doses | OPTIONS).json()["options"]
    other = client.post(address, doses | {"dose-2": "1.25", "passkey": passkey.answer(asked)})
    assert OF_SOMETHING_ELSE in other.content.decode()
    assert not VersionCheck.objects.exists()
    asked = client.post(address, doses | OPTIONS).json()["options"]
    client.post(address, doses | {"passkey": passkey.answer(asked)})
    assert VersionCheck.objects.get().agrees
