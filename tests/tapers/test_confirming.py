"""Signing and the second check ask again who it is: bound to what is confirmed, and used once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client

from taperplanner.accounts.actions import use_confirmation
from taperplanner.accounts.models import Clinic, Confirmation, Method, User
from taperplanner.accounts.proofs import (
    EXPIRED,
    NOT_ENOUGH,
    OF_SOMEBODY_ELSE,
    OF_SOMETHING_ELSE,
    USED,
    NotConfirmed,
    Proof,
)
from taperplanner.audit.log import audited_transaction, record
from taperplanner.audit.models import Event
from taperplanner.tapers.actions import sign_draft
from taperplanner.tapers.models import Draft, Plan, Version, VersionCheck

from ..world.confirming import code, plan_of_another, sign, with_app
from ..world.plans import NARDI, open_plan, save_draft, signed_version, typed_schedule
from ..world.universe import NOW, PASSWORD, Universe, checker

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


# --- The password ---------------------------------------------------------------------------------


def test_how_it_was_confirmed_stands_with_the_content_hash_and_is_named_by_the_event(
    universe: Universe, signer: Client, plan: Plan
) -> None:
    sign(signer, plan)
    version, row = Version.objects.get(), Confirmation.objects.get()
    assert (row.user, row.method, row.content_hash) == (
        universe.ours.provider,
        "password",
        version.content_hash,
    )
    event = Event.objects.get(action="draft.signed")
    assert event.details == {"hash": version.content_hash, "confirmation": str(row.pk), "method": "password"}


def test_a_check_asks_for_the_password(universe: Universe) -> None:
    version, client = signed_version(universe.ours), universe.client_of(checker(universe.ours))
    address = f"{version.get_absolute_url()}check/"
    doses = {f"dose-{number}": row[1] for number, row in enumerate(NARDI, 1)}
    assert "Enter your password." in client.post(address, doses).content.decode()
    wrong = client.post(address, doses | {"password": "wrong"}).content.decode()
    assert "This is not your password." in wrong
    assert 'value="1.5"' in wrong, "what was typed stays"
    assert not VersionCheck.objects.exists()
    assert Event.objects.get(action="version.check_refused").details == {
        "why": "wrong password",
        "from": "127.0.0.1",
    }
    client.post(address, doses | {"password": PASSWORD})
    assert VersionCheck.objects.get().agrees
    row = Confirmation.objects.get()
    assert row.content_hash == version.content_hash
    assert Event.objects.get(action="version.checked").details["confirmation"] == str(row.pk)


def test_passwords_cannot_be_tried_without_end_at_a_check(universe: Universe) -> None:
    version, client = signed_version(universe.ours), universe.client_of(checker(universe.ours))
    doses = {f"dose-{number}": row[1] for number, row in enumerate(NARDI, 1)} | {"password": "no"}
    pages = [client.post(f"{version.get_absolute_url()}check/", doses).content.decode() for _ in range(11)]
    assert "Too many tries." in pages[-1]


# --- The app --------------------------------------------------------------------------------------


def test_whoever_has_an_app_signs_with_the_password_and_a_code(
    universe: Universe, signer: Client, plan: Plan
) -> None:
    secret = with_app(universe.ours.provider)
    assert "Enter the code from your app." in sign(signer, plan)
    assert "This code is wrong" in sign(signer, plan, code="000000")
    assert "Enter your password to sign." in sign(signer, plan, password="", code=code(secret))
    assert not Version.objects.exists()
    assert Event.objects.get(action="draft.signing_refused").details == {
        "why": "wrong code",
        "from": "127.0.0.1",
    }
    sign(signer, plan, code=code(secret))
    assert Version.objects.get().signed_by == universe.ours.provider
    assert Confirmation.objects.get().method == Method.CODE


def test_a_code_works_once_and_is_not_spent_on_a_form_that_is_wrong_elsewhere(
    universe: Universe, signer: Client, plan: Plan
) -> None:
    secret = with_app(universe.ours.provider)
    assert "This is not this patient" in sign(signer, plan, code=code(secret), date_of_birth="03/02/1981")
    sign(signer, plan, code=code(secret))
    assert Version.objects.count() == 1
    second = plan_of_another(universe.ours)
    assert "already used" in sign(signer, second, code=code(secret))
    assert Version.objects.count() == 1


def test_a_code_stays_used_even_if_the_cache_forgets_it(
    universe: Universe, signer: Client, plan: Plan
) -> None:
    secret = with_app(universe.ours.provider)
    sign(signer, plan, code=code(secret))
    cache.clear()
    second = plan_of_another(universe.ours)
    assert USED in sign(signer, second, code=code(secret))
    assert Version.objects.count() == 1


def test_a_recovery_code_signs_nothing(universe: Universe, signer: Client, plan: Plan) -> None:
    with_app(universe.ours.provider)
    codes = RecoveryCodes.activate(universe.ours.provider)
    unused = codes.get_unused_codes()
    assert "This code is wrong" in sign(signer, plan, code=unused[0])
    assert not Version.objects.exists()
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes() == unused


def test_codes_cannot_be_tried_for_ever(universe: Universe, signer: Client, plan: Plan) -> None:
    secret = with_app(universe.ours.provider)
    for _ in range(5):
        sign(signer, plan, code="000000")
    assert "Too many failed attempts." in sign(signer, plan, code=code(secret))
    assert not Version.objects.exists()


# --- Whoever calls the action ---------------------------------------------------------------------


def a_proof(user: User, **changed: Any) -> Proof:
    return replace(Proof(user.pk, Method.CODE, "c" * 64, "s" * 64, NOW), **changed)


@audited_transaction()
def use(proof: Proof, *, by: User) -> None:
    use_confirmation(proof=proof, confirmed="c" * 64, content_hash="h" * 64, by=by, at=NOW)
    record("draft.signed", by=by, at=NOW)


def test_a_confirmation_is_used_once_by_its_own_user_for_its_own_thing_and_in_time(
    universe: Universe,
) -> None:
    provider, manager = universe.ours.provider, universe.ours.manager
    for wrong, why in (
        (a_proof(manager), OF_SOMEBODY_ELSE),
        (a_proof(provider, confirmed="d" * 64), OF_SOMETHING_ELSE),
        (a_proof(provider, at=NOW - timedelta(minutes=5, seconds=1)), EXPIRED),
        (a_proof(provider, at=NOW + timedelta(seconds=1)), EXPIRED),
    ):
        with pytest.raises(NotConfirmed) as refusal:
            use(wrong, by=provider)
        assert str(refusal.value) == why
    use(a_proof(provider), by=provider)
    with pytest.raises(NotConfirmed, match=USED):
        use(a_proof(provider), by=provider)
    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize("has_one", [True, False], ids=["has one", "must have one"])
def test_nothing_is_signed_without_it_for_whoever_has_or_must_have_a_second_factor(
    universe: Universe, plan: Plan, has_one: bool
) -> None:
    provider = universe.ours.provider
    if has_one:
        with_app(provider)
    else:
        Clinic.objects.update(requires_second_factor=True)
        provider.clinic.refresh_from_db()
    draft = Draft.objects.get(plan=plan)
    for proof in (None, a_proof(provider, method=Method.PASSWORD)):
        with pytest.raises(NotConfirmed, match=NOT_ENOUGH):
            sign_draft(
                draft=draft,
                revision=draft.revision,
                reasons={},
                today=TODAY,
                by=provider,
                at=NOW,
                proof=proof,
            )
    assert not Version.objects.exists()
