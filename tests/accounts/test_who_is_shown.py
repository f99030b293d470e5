"""No answer shows a patient or a user without an event that names them: pages, files and previews."""

from __future__ import annotations

import io
from typing import Final

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from taperplanner.accounts.models import User
from taperplanner.audit.models import Event
from taperplanner.patients.models import Patient

from ..addresses import Address, addresses
from ..world.places import Places
from ..world.universe import Universe

EVERY: Final = addresses()
METHODS: Final = ("get", "post")
CANARY: Final = "Zzyzxcanary"
QUERIES: Final = {
    "registry:registry": "?first_day=2020-01-01&last_day=2030-01-01&names=on",
    "registry:registry_file": "?first_day=2020-01-01&last_day=2030-01-01&names=on",
    "patients:access_report_by_mrn": "?mrn=A-1001",
    "patients:access_report_by_mrn_pdf": "?mrn=A-1001",
}


def asked(user: User, method: str, url: str) -> tuple[HttpResponse, list[Event]]:
    """The answer and the events that it left; nothing else of it stays."""
    client = Client()
    with transaction.atomic():
        client.force_login(user)
        before = set(Event.objects.values_list("pk", flat=True))
        answer: HttpResponse = getattr(client, method)(url)
        events = list(Event.objects.exclude(pk__in=before))
        transaction.set_rollback(True)
    return answer, events


def text_of(answer: HttpResponse) -> str:
    if answer["Content-Type"] == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return answer.content.decode(errors="replace") if answer.content else ""


def names_patient(event: Event, patient: Patient) -> bool:
    return event.patient_id == patient.pk or patient.pk.hex in event.details.get("patients", [])


def names_user(event: Event, user: User) -> bool:
    return str(user.pk) in {event.subject, *event.details.get("users", [])}


@pytest.fixture
def world(universe: Universe) -> tuple[Universe, Places, Patient, User]:
    """Our patient's name and a user's e-mail address stand nowhere by chance."""
    places = Places(universe.ours)
    for address in EVERY:
        places.values(address.kwargs)
    patient = Patient.objects.get(pk=places["patient_id"])
    Patient.objects.filter(pk=patient.pk).update(family_name=CANARY)
    User.objects.filter(pk=universe.ours.staff.pk).update(email=f"{CANARY.lower()}@riverside.example")
    patient.refresh_from_db()
    return universe, places, patient, User.objects.get(pk=universe.ours.staff.pk)


def test_every_answer_with_a_patients_name_or_a_users_address_leaves_an_event_that_names_them(
    world: tuple[Universe, Places, Patient, User],
) -> None:
    universe, places, patient, user = world
    shown: set[str] = set()
    unrecorded: set[str] = set()
    for address in EVERY:
        url = address.url(places.values(address.kwargs)) + QUERIES.get(address.name, "")
        for asker in (universe.ours.provider, universe.ours.manager):
            for method in METHODS:
                answer, events = asked(asker, method, url)
                text = text_of(answer)
                if CANARY in text:
                    shown.add(address.name)
                    if not any(names_patient(event, patient) for event in events):
                        unrecorded.add(address.name)
                if user.email in text:
                    shown.add(address.name)
                    if not any(names_user(event, user) for event in events):
                        unrecorded.add(address.name)
    assert unrecorded == set()
    assert len(shown) > 50
    assert {"accounts:users", "accounts:user_edit", "registry:registry_file", "patients:index"} <= shown


def test_each_page_of_a_patient_leaves_an_event_of_the_patient_whatever_stands_on_it(
    world: tuple[Universe, Places, Patient, User],
) -> None:
    """Files and fragments that hold no name too: what they hold is the patient's."""
    universe, places, patient, _ = world
    for address in _of_a_patient():
        answer, events = asked(universe.ours.provider, "get", address.url(places.values(address.kwargs)))
        if answer.status_code in {200, 409}:
            assert any(event.patient_id == patient.pk for event in events), address.name


def _of_a_patient() -> list[Address]:
    found = [address for address in EVERY if "patient_id" in address.kwargs]
    assert len(found) > 50
    return found
