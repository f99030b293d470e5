"""Every address of this room: who may, who may not, and who finds nothing there."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from taperplanner.patients.models import MedicationRecord, Patient
from taperplanner.patients.urls import urlpatterns
from tests.world.universe import House, Universe

from ..world.people import ana, build_patient, clonazepam_record


class Address(NamedTuple):
    name: str
    kwargs: tuple[str, ...]
    methods: tuple[str, ...]
    is_edit: bool

    def url(self, patient: object, medication: object) -> str:
        given = {"patient_id": patient, "medication_id": medication}
        return reverse(f"patients:{self.name}", kwargs={name: given[name] for name in self.kwargs})


# The one thing that differs from answer to answer: the mask of the form token in the sign-out button.
MASK = re.compile(rb'name="csrfmiddlewaretoken" value="[A-Za-z0-9]{64}"')
PATIENT = ("patient_id",)
MEDICATION = ("patient_id", "medication_id")
ADDRESSES = (
    Address("index", (), ("GET",), is_edit=False),
    Address("patient_add", (), ("GET", "POST"), is_edit=True),
    Address("vocabulary", (), ("GET",), is_edit=True),
    Address("patient", PATIENT, ("GET",), is_edit=False),
    Address("patient_history", PATIENT, ("GET",), is_edit=False),
    Address("patient_edit", PATIENT, ("GET", "POST"), is_edit=True),
    Address("patient_archive", PATIENT, ("GET", "POST"), is_edit=True),
    Address("patient_restore", PATIENT, ("POST",), is_edit=True),
    Address("safety_facts", PATIENT, ("GET", "POST"), is_edit=True),
    Address("emergency_access", PATIENT, ("GET", "POST"), is_edit=False),
    Address("emergency_access_end", PATIENT, ("POST",), is_edit=False),
    Address("allergies", PATIENT, ("GET",), is_edit=False),
    Address("allergy_add", PATIENT, ("GET", "POST"), is_edit=True),
    Address("allergies_review", PATIENT, ("POST",), is_edit=True),
    Address("at_home", PATIENT, ("GET",), is_edit=False),
    Address("helper_add", PATIENT, ("GET", "POST"), is_edit=True),
    Address("medication_add", PATIENT, ("GET", "POST"), is_edit=True),
    Address("medication_review", PATIENT, ("POST",), is_edit=True),
    Address("medication_edit", MEDICATION, ("GET", "POST"), is_edit=True),
    Address("medication_stop", MEDICATION, ("GET", "POST"), is_edit=True),
    Address("medication_restart", MEDICATION, ("POST",), is_edit=True),
)
# Not for providers and staff alike, or of a row that this table has none of: tests/test_access.py asks each role.
FOR_ONE_ROLE = {
    "access_report",
    "access_report_by_mrn",
    "access_report_by_mrn_pdf",
    "access_report_pdf",
    "allergy_in_error",
    "emergency_access_review",
    "helper_end",
    "emergency_accesses",
    "patient_restrict",
    "restriction_lift",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
every_address = pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
about_a_patient = pytest.mark.parametrize(
    "address", [address for address in ADDRESSES if address.kwargs], ids=lambda address: address.name
)


@pytest.fixture
def theirs(universe: Universe) -> tuple[Patient, MedicationRecord]:
    return _someone(universe.theirs)


@pytest.fixture
def ours(universe: Universe) -> tuple[Patient, MedicationRecord]:
    return _someone(universe.ours)


def _someone(house: House) -> tuple[Patient, MedicationRecord]:
    patient = ana(house)
    return patient, clonazepam_record(patient, house.provider)


def _ask(client: Client, method: str, url: str) -> HttpResponse:
    ask: Callable[[str], HttpResponse] = getattr(client, method.lower())
    return ask(url)


def test_every_address_of_the_room_stands_in_this_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == FOR_ONE_ROLE | {address.name for address in ADDRESSES}


@every_address
def test_providers_and_staff_may(
    universe: Universe, ours: tuple[Patient, MedicationRecord], address: Address
) -> None:
    for user in (universe.ours.provider, universe.ours.staff):
        for method in address.methods:
            response = _ask(universe.client_of(user), method, address.url(ours[0].pk, ours[1].pk))
            assert response.status_code in (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.CONFLICT)


@every_address
def test_a_manager_may_not_even_where_nothing_is(
    universe: Universe, ours: tuple[Patient, MedicationRecord], address: Address
) -> None:
    for patient, medication in ((ours[0].pk, ours[1].pk), (uuid4(), uuid4())):
        for method in address.methods:
            response = _ask(
                universe.client_of(universe.ours.manager), method, address.url(patient, medication)
            )
            assert response.status_code == HTTPStatus.FORBIDDEN
            assert b"Rivera" not in response.content


@every_address
def test_nobody_is_sent_to_sign_in(
    universe: Universe, ours: tuple[Patient, MedicationRecord], address: Address
) -> None:
    for method in address.methods:
        response = _ask(Client(), method, address.url(ours[0].pk, ours[1].pk))
        assert response.status_code == HTTPStatus.FOUND
        assert response["Location"].startswith(reverse("account_login"))


@about_a_patient
def test_another_clinics_patient_answers_exactly_as_an_invented_one(
    universe: Universe, theirs: tuple[Patient, MedicationRecord], address: Address
) -> None:
    client = universe.client_of(universe.ours.provider)
    for method in address.methods:
        stranger = _ask(client, method, address.url(theirs[0].pk, theirs[1].pk))
        invented = _ask(client, method, address.url(uuid4(), uuid4()))
        assert stranger.status_code == invented.status_code == HTTPStatus.NOT_FOUND
        assert MASK.sub(b"", stranger.content) == MASK.sub(b"", invented.content)
        assert dict(stranger.headers) == dict(invented.headers)


@pytest.mark.parametrize(
    "address", [address for address in ADDRESSES if "medication_id" in address.kwargs], ids=lambda a: a.name
)
def test_a_record_is_found_only_under_its_own_patient(
    universe: Universe,
    ours: tuple[Patient, MedicationRecord],
    theirs: tuple[Patient, MedicationRecord],
    address: Address,
) -> None:
    client = universe.client_of(universe.ours.provider)
    other = build_patient(universe.ours)
    for patient, medication in ((other.pk, ours[1].pk), (ours[0].pk, theirs[1].pk)):
        for method in address.methods:
            response = _ask(client, method, address.url(patient, medication))
            assert response.status_code == HTTPStatus.NOT_FOUND


@every_address
def test_other_methods_are_refused(
    universe: Universe, ours: tuple[Patient, MedicationRecord], address: Address
) -> None:
    client = universe.client_of(universe.ours.provider)
    for method in set(METHODS) - set(address.methods):
        response = _ask(client, method, address.url(ours[0].pk, ours[1].pk))
        assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
