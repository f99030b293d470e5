"""Every address × (nobody, each role of ours, each role of theirs): what the permission table says."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import MAY, Permission, Role
from taperplanner.headers import HEADERS

from .addresses import Address, addresses
from .world.places import OWNED, SHARED, Places, invented
from .world.universe import House, Universe

# Where nobody signed in is answered, and why.
FOR_ANYBODY: Final = {
    "accounts:healthz": "asked by whoever watches over the server",
    "handouts:code": "asks for the code of a paper, and gives the answer of copy_state",
    "handouts:copy_state": "asked by whoever holds the paper; the code is the secret, and the answer names nobody",
    "accounts:csp_report": "a browser says by itself what a page was not allowed to do, also on the sign-in page",
    "account_login": "to sign in",
    "account_logout": "signing out twice is no mistake",
    "account_inactive": "says that access has ended",
    "account_reset_password_from_key": "the link is the secret",
    "account_reset_password_from_key_done": "says that the password is set",
    "mfa_authenticate": "the second step of signing in",
}
# Where no permission is asked, and why.
FOR_ANY_ROLE: Final = {
    "worklist:worklist": "sends each role to where its work begins",
    "accounts:still_here": "each role works",
    "account_reauthenticate": "one's own sign-in",
    "account_change_password": "one's own sign-in",
    "accounts:access": "one's own account",
    "accounts:access_confirm": "one's own account",
    "mfa_index": "one's own sign-in",
    "mfa_reauthenticate": "one's own sign-in",
    "mfa_activate_totp": "one's own sign-in",
    "mfa_list_webauthn": "one's own sign-in",
    "mfa_add_webauthn": "one's own sign-in",
    "mfa_reauthenticate_webauthn": "one's own sign-in",
    "mfa_remove_webauthn": "one's own sign-in",
    "mfa_edit_webauthn": "one's own sign-in",
    "mfa_deactivate_totp": "one's own sign-in",
    "mfa_view_recovery_codes": "one's own sign-in",
    "mfa_generate_recovery_codes": "one's own sign-in",
    "mfa_download_recovery_codes": "one's own sign-in",
    "guidance:index": "every role may see guidance, and the room lies below the permissions",
    "guidance:about": "every role may see guidance, and the room lies below the permissions",
    "guidance:paper": "every role may see guidance, and the room lies below the permissions",
    "guidance:topic": "every role may see guidance, and the room lies below the permissions",
    "guidance:entry": "every role may see guidance, and the room lies below the permissions",
}
METHODS: Final = ("get", "post")
STRICT_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "report-uri": "/csp-report",
    "report-to": "csp",
}
EVERY: Final = addresses()
each_address: Callable[..., Any] = pytest.mark.parametrize(
    "address", EVERY, ids=[address.name for address in EVERY]
)
each_owned: Callable[..., Any] = pytest.mark.parametrize(
    "address",
    [address for address in EVERY if set(address.kwargs) & set(OWNED)],
    ids=lambda address: address.name,
)


def ask(user: User | None, method: str, url: str) -> HttpResponse:
    """One request in a browser of its own, with an empty body, that leaves nothing behind."""
    client = Client()
    with transaction.atomic():
        if user:
            client.force_login(user)
        answer: HttpResponse = getattr(client, method)(url)
        transaction.set_rollback(True)
    _check_headers(answer, url, is_signed_in=user is not None)
    return answer


def url_of(address: Address, house: House) -> str:
    missing = set(address.kwargs) - set(OWNED) - set(SHARED)
    assert not missing, (
        f"tests/world/places.py has no entry for {sorted(missing)}, which {address.name} takes."
    )
    return address.url(Places(house).values(address.kwargs))


def who_may(address: Address, house: House) -> list[User]:
    return [user for role, user in house.people.items() if address.permission in MAY[role]]


def is_sent_to_sign_in(answer: HttpResponse) -> bool:
    sign_in = reverse("account_login")
    return answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith(f"{sign_in}?next=")


def is_taken(address: Address, house: House, method: str, url: str) -> bool:
    """Whether the address takes this method at all. The method is judged before the role."""
    users = who_may(address, house) or [house.provider]
    return ask(users[0], method, url).status_code != HTTPStatus.METHOD_NOT_ALLOWED


def test_every_address_names_a_permission_or_says_why_not() -> None:
    reasons = {**FOR_ANYBODY, **FOR_ANY_ROLE}
    unsaid = {address.name for address in EVERY if address.permission is None} - set(reasons)
    needless = set(reasons) - {address.name for address in EVERY if address.permission is None}
    assert not unsaid, f"No @requires(…) and no reason in tests/test_access.py: {sorted(unsaid)}"
    assert not needless, f"A reason without a need: {sorted(needless)}"


def test_only_the_addresses_with_a_reason_answer_nobody() -> None:
    assert {address.name for address in EVERY if address.is_for_anybody} == set(FOR_ANYBODY)


@each_address
def test_nobody_is_sent_to_sign_in(address: Address, universe: Universe) -> None:
    url = url_of(address, universe.ours)
    for method in METHODS:
        answer = ask(None, method, url)
        if address.name in FOR_ANYBODY:
            assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (method, url)
        else:
            assert is_sent_to_sign_in(answer), (method, url, answer.status_code)


@each_address
def test_a_role_may_what_the_table_says(address: Address, universe: Universe) -> None:
    ours = universe.ours
    url = url_of(address, ours)
    answered = {
        (method, user): ask(user, method, url).status_code
        for method in METHODS
        for user in ours.people.values()
    }
    # The method is judged before the role.
    may = (who_may(address, ours) or [ours.provider])[0]
    taken = {method for method in METHODS if answered[method, may] != HTTPStatus.METHOD_NOT_ALLOWED}
    assert taken, f"{address.name} takes neither GET nor POST."
    for method in METHODS:
        for role, user in ours.people.items():
            status = answered[method, user]
            said = (address.name, method, role, status)
            if method not in taken:
                assert status == HTTPStatus.METHOD_NOT_ALLOWED, said
            elif address.permission is None:
                assert status not in {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}, said
                assert status < HTTPStatus.INTERNAL_SERVER_ERROR, said
            elif address.permission in MAY[role]:
                assert status in answers_to(method), said
            else:
                assert status == HTTPStatus.FORBIDDEN, said


def answers_to(method: str) -> set[HTTPStatus]:
    """An empty body may be refused with a page that says so, never with an error."""
    answers = {HTTPStatus.OK, HTTPStatus.FOUND}
    refusals = {HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
    return answers if method == "get" else answers | refusals


@each_owned
def test_another_clinic_is_answered_as_if_it_were_not_there(address: Address, universe: Universe) -> None:
    """The same bytes as for an invented id; and a role that may not is refused before any look."""
    places = Places(universe.ours)
    values = places.values(address.kwargs)
    real = address.url(values)
    fancied = {name: invented(value) if name in OWNED else value for name, value in values.items()}
    for method in METHODS:
        taken = is_taken(address, universe.ours, method, real)
        for role, user in universe.theirs.people.items():
            answer, not_there = ask(user, method, real), ask(user, method, address.url(fancied))
            said = (address.name, method, role, answer.status_code)
            if taken:
                may = address.permission in MAY[role]
                assert answer.status_code == (HTTPStatus.NOT_FOUND if may else HTTPStatus.FORBIDDEN), said
            assert answer.status_code == not_there.status_code, said
            assert _lasting(answer) == _lasting(not_there), said


@each_owned
def test_each_part_of_an_address_must_belong_to_the_part_before_it(
    address: Address, universe: Universe
) -> None:
    """Our own patient with another's plan, or with none, is not there either."""
    values = Places(universe.ours).values(address.kwargs)
    real = address.url(values)
    for method in METHODS:
        if not is_taken(address, universe.ours, method, real):
            continue
        for name in set(address.kwargs) & set(OWNED):
            url = address.url({**values, name: invented(values[name])})
            for user in who_may(address, universe.ours):
                assert ask(user, method, url).status_code == HTTPStatus.NOT_FOUND, (method, url)


def test_the_table_is_the_one_that_was_agreed() -> None:
    may = {role: {permission.value for permission in permissions} for role, permissions in MAY.items()}
    assert may == {
        Role.PROVIDER: {
            "see_guidance",
            "see_patients",
            "edit_patients",
            "record_monitoring",
            "close_emergency",
            "see_registry",
            "restrict_patients",
            "edit_draft",
            "sign_plan",
            "check_version",
            "print_handout",
            "see_who_looked",
        },
        Role.STAFF: {
            "see_guidance",
            "see_patients",
            "edit_patients",
            "record_monitoring",
            "print_handout",
        },
        Role.MANAGER: {"see_guidance", "manage_clinic"},
        Role.CHECKER: {"check_version"},
    }
    assert set(Permission) == set().union(*MAY.values())


def _check_headers(answer: HttpResponse, url: str, *, is_signed_in: bool) -> None:
    directives = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    assert {name: value for name, _, value in directives} == STRICT_POLICY, url
    assert answer["X-Content-Type-Options"] == "nosniff", url
    assert answer["X-Frame-Options"] == "DENY", url
    assert answer["Referrer-Policy"] == "same-origin", url
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", url
    assert HEADERS.items() <= dict(answer.headers).items(), url
    if is_signed_in:
        assert "no-store" in answer["Cache-Control"], url


def _lasting(answer: HttpResponse) -> bytes:
    """The body without what differs from one answer to the next for anybody."""
    return re.sub(rb'name="(csrfmiddlewaretoken|once)" value="[^"]+"', b"", answer.content)
