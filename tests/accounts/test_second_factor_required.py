"""A clinic can require a second factor: whoever must have one sets it up first, and reaches nothing else until then."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from taperplanner.accounts import actions
from taperplanner.accounts.details import ClinicDetails
from taperplanner.accounts.models import Clinic, User

from ..addresses import addresses
from ..world.places import Places
from ..world.universe import NOW, Universe, checker
from .test_two_step import turn_on

SET_UP = "/account/two-step/"


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def required(universe: Universe) -> Universe:
    Clinic.objects.filter(pk=universe.ours.clinic.pk).update(requires_second_factor=True)
    return universe


def people(universe: Universe) -> list[User]:
    return [universe.ours.provider, universe.ours.manager, checker(universe.ours)]


def test_a_new_clinic_requires_it_and_the_demo_does_not() -> None:
    assert Clinic().requires_second_factor
    assert ClinicDetails(name="New").requires_second_factor


def test_whoever_signs_checks_or_manages_is_led_to_set_it_up(required: Universe) -> None:
    for user in people(required):
        client = required.client_of(user)
        for path in ("/", "/guidance/", "/patients/", "/clinic/", "/account/password/change/"):
            assert client.get(path)["Location"] == SET_UP, (user.name, path)
        page = client.get(SET_UP).content.decode()
        assert "<bdi>Riverside Clinic</bdi> asks for a second step" in page
        assert 'href="/guidance/"' not in page


def test_every_address_but_those_of_the_setting_up_leads_there(required: Universe) -> None:
    open_ones = {
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout",
        "accounts:still_here",
    }  # fmt: skip
    places = Places(required.ours)
    client = required.client_of(required.ours.provider)
    for address in addresses():
        if address.is_for_anybody or address.name in open_ones:
            continue
        url = address.url(places.values(address.kwargs))
        for method in ("get", "post"):
            assert getattr(client, method)(url).headers.get("Location") == SET_UP, (address.name, method)


def test_other_staff_and_other_clinics_work_on(required: Universe) -> None:
    assert required.client_of(required.ours.staff).get("/patients/").status_code == 200
    assert required.client_of(required.theirs.provider).get("/patients/").status_code == 200


def test_htmx_is_told_to_go_there_and_what_it_sends_is_refused_with_a_sentence(required: Universe) -> None:
    client = required.client_of(required.ours.provider)
    assert client.get("/patients/", headers={"HX-Request": "true"})["HX-Redirect"] == SET_UP
    sent = client.post("/patients/add/", headers={"HX-Request": "true"})
    assert (sent.status_code, "Set it up first" in sent.content.decode()) == (410, True)
    client.post("/patients/add/")
    assert "What you sent last was not saved" in client.get(SET_UP).content.decode()


def test_once_it_is_set_up_the_work_goes_on(required: Universe) -> None:
    client = Client()
    client.force_login(required.ours.provider)
    turn_on(client)
    assert client.get("/patients/").status_code == 200


def test_nobody_is_asked_where_the_clinic_does_not_require_it(universe: Universe) -> None:
    assert universe.client_of(universe.ours.provider).get("/patients/").status_code == 200


def test_a_manager_turns_it_on_and_is_asked_at_once(universe: Universe) -> None:
    clinic = universe.ours.clinic
    client = universe.client_of(universe.ours.manager)
    page = client.get("/clinic/").content.decode()
    assert "sign in, sign and check with a passkey or a code of an app" in page
    details = {**ClinicDetails.of(clinic).__dict__, "requires_second_factor": True}
    actions.edit_clinic(
        clinic=clinic,
        details=ClinicDetails(**details),
        revision=clinic.revision,
        by=universe.ours.manager,
        at=NOW,
    )
    assert client.get("/clinic/")["Location"] == SET_UP
