"""Signing and the second check ask again who it is: bound to what is confirmed, and used once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from taperplanner.accounts.actions import use_confirmation
from taperplanner.accounts.models import Clinic, Confirmation, Method, User
from taperplanner.accounts.passkeys import ASKED, AT_ONCE
from taperplanner.accounts.proofs import (
    EXPIRED,
    NOT_ENOUGH,
    NOT_READ,
    OF_SOMEBODY_ELSE,
    OF_SOMETHING_ELSE,
    USED,
    NotConfirmed,
    Proof,
)
from taperplanner.audit.models import Event
from taperplanner.tapers.actions import sign_draft
from taperplanner.tapers.models import Draft, Plan, Version, VersionCheck

from ..world.makings import checker
from ..world.passkeys import Passkey
from ..world.people import answer_all, build_patient
from ..world.plan_pages import plan_url, posted_signature
from ..world.plans import NARDI, open_plan, save_draft, signed_version, typed_schedule
from ..world.universe import NOW, PASSWORD, House, Universe

OPTIONS = {"passkey-options": "yes"}
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


def plan_of_another(house: House) -> Plan:
    """Of a second patient with the same date of birth, ready to be signed."""
    patient = build_patient(
        house,
        mrn="B-2",
        given_name="Berta",
        family_name="Berg",
        date_of_birth=date(1980, 3, 2),
        phone="555-0113",
    )
    answer_all(patient, by=house.provider)
    plan = open_plan(house, patient)
    save_draft(plan, typed_schedule(), house)
    return plan


def with_app(user: User) -> str:
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code(secret: str, later: timedelta = timedelta()) -> str:
    return str(format_hotp_value(hotp_value(secret, int((NOW + later).timestamp()) // 30)))


def sign(client: Client, plan: Plan, **changed: str) -> str:
    answer = client.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **changed), follow=True)
    return str(answer.content.decode())


def options(client: Client, plan: Plan, **changed: str) -> dict[str, Any]:
    sent = posted_signature(plan, password="", **changed) | OPTIONS
    return dict(client.post(plan_url(plan, "draft/sign/"), sent).json())


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
    assert Event.objects.get(action="version.check_refused").details == {"why": "wrong password"}
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
    assert Event.objects.get(action="draft.signing_refused").details == {"why": "wrong code"}
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


# --- A passkey ------------------------------------------------------------------------------------


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
    assert Event.objects.get(action="draft.signing_refused").details == {"why": "wrong passkey"}


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


# --- Whoever calls the action ---------------------------------------------------------------------


def a_proof(user: User, **changed: Any) -> Proof:
    return replace(Proof(user.pk, Method.CODE, "c" * 64, "s" * 64, NOW), **changed)


def test_a_confirmation_is_used_once_by_its_own_user_for_its_own_thing_and_in_time(
    universe: Universe,
) -> None:
    provider, manager = universe.ours.provider, universe.ours.manager
    given: dict[str, Any] = {"confirmed": "c" * 64, "content_hash": "h" * 64, "by": provider, "at": NOW}
    for wrong, why in (
        (a_proof(manager), OF_SOMEBODY_ELSE),
        (a_proof(provider, confirmed="d" * 64), OF_SOMETHING_ELSE),
        (a_proof(provider, at=NOW - timedelta(minutes=5, seconds=1)), EXPIRED),
        (a_proof(provider, at=NOW + timedelta(seconds=1)), EXPIRED),
    ):
        with pytest.raises(NotConfirmed) as refusal:
            use_confirmation(wrong, **given)
        assert str(refusal.value) == why
    use_confirmation(a_proof(provider), **given)
    with pytest.raises(NotConfirmed, match=USED):
        use_confirmation(a_proof(provider), **given)
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
