"""Whatever is refused to somebody who is signed in leaves one event, with the address that the request came from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from taperplanner.accounts.models import User
from taperplanner.audit.limits import MOST_IN_A_MINUTE
from taperplanner.audit.models import Event

from ..addresses import Address, addresses
from ..world.people import build_patient
from ..world.places import OWNED, Places, invented
from ..world.universe import NOW, PASSWORD, Universe

EVERY = addresses()
METHODS = ("get", "post")
OF_SOMEBODY = [address for address in EVERY if set(address.kwargs) & set(OWNED)]
FROM = "203.0.113.77"
REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
REFUSED = "request.refused"


@pytest.fixture
def at_ten() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def asked(user: User, method: str, url: str) -> tuple[HttpResponse, list[Event]]:
    """The answer, and the refusals that it left; nothing else of it stays."""
    client = Client(REMOTE_ADDR=FROM)
    with transaction.atomic():
        client.force_login(user)
        answer: HttpResponse = getattr(client, method)(url)
        events = list(Event.objects.filter(action__startswith=REFUSED))
        transaction.set_rollback(True)
    return answer, events


def check(
    answer: HttpResponse, events: list[Event], user: User, address: Address, method: str
) -> Event | None:
    said = (address.name, method, user.name, answer.status_code, [event.details for event in events])
    if answer.status_code not in REFUSALS:
        assert not [event for event in events if event.details["why"] in (["role"], ["absent"])], said
        return None
    assert len(events) == 1, said
    (event,) = events
    why = "role" if answer.status_code == HTTPStatus.FORBIDDEN else "absent"
    assert (event.user_id, event.clinic_id) == (user.pk, user.clinic_id), said
    assert event.subject == address.name, said
    assert event.details["why"] == [why], said
    assert (event.details["method"], event.details["from"]) == (method.upper(), FROM), said
    return event


def test_a_walk_over_all_addresses_finds_one_event_for_each_refusal(universe: Universe) -> None:
    ours, places = universe.ours, Places(universe.ours)
    refused = 0
    for address in EVERY:
        values = places.values(address.kwargs)
        for user in ours.people.values():
            for method in METHODS:
                answer, events = asked(user, method, address.url(values))
                if event := check(answer, events, user, address, method):
                    refused += 1
                    assert event.patient_id == values.get("patient_id"), (address.name, event.patient_id)
                    assert event.details.get("user") == (
                        str(values["user_id"]) if "user_id" in values else None
                    )
    assert refused > len(EVERY)


@pytest.mark.parametrize("address", OF_SOMEBODY, ids=lambda address: address.name)
def test_another_clinics_row_is_told_as_an_invented_one_and_in_the_askers_log_alone(
    address: Address, universe: Universe
) -> None:
    values = Places(universe.ours).values(address.kwargs)
    fancied = {name: invented(value) if name in OWNED else value for name, value in values.items()}
    for method in METHODS:
        for user in universe.theirs.people.values():
            told: list[dict[str, Any]] = []
            for url in (address.url(values), address.url(fancied)):
                answer, events = asked(user, method, url)
                event = check(answer, events, user, address, method)
                if event is None:
                    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
                    continue
                assert event.patient_id is None
                text = f"{event.subject} {event.details}"
                assert not any(str(value) in text for value in values.values() if isinstance(value, UUID))
                told.append({"subject": event.subject, **event.details})
            assert not told or told[0] == told[1]


def test_a_part_that_is_not_there_of_our_own_patient_names_the_patient(universe: Universe) -> None:
    patient = build_patient(universe.ours)
    _, (event,) = asked(universe.ours.provider, "get", f"/patients/{patient.pk}/plans/987/")
    assert (event.patient_id, event.details["why"]) == (patient.pk, ["absent"])


def test_an_address_that_is_none_of_ours_and_an_answer_that_refuses_nothing_leave_none(
    universe: Universe,
) -> None:
    for url in ("/nothing/here/", "/guidance/", "/patients/"):
        assert asked(universe.ours.provider, "get", url)[1] == []


def test_nobody_is_sent_to_sign_in_and_no_clinics_log_says_so(universe: Universe) -> None:
    assert Client().get(f"/patients/{uuid4()}/").status_code == HTTPStatus.FOUND
    assert not Event.objects.filter(action=REFUSED).exists()


def test_a_form_of_another_session_is_an_event(universe: Universe) -> None:
    patient = build_patient(universe.ours)
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR=FROM)
    client.force_login(universe.ours.provider)
    answer = client.post(f"/patients/{patient.pk}/edit/", {"given_name": "X"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "open too long" in answer.content.decode()
    (event,) = Event.objects.filter(action=REFUSED)
    assert (event.patient_id, event.subject, event.details["why"]) == (
        patient.pk,
        "patients:patient_edit",
        ["session"],
    )


def test_a_second_post_and_one_without_a_key_are_events(universe: Universe) -> None:
    client, url = universe.client_of(universe.ours.manager), "/clinic/users/add/"
    person = {"once": uuid4().hex, "name": "New Nurse", "email": "new@riverside.example", "roles": ["staff"]}
    assert client.post(url, person).status_code == HTTPStatus.FOUND
    assert client.post(url, person).status_code == HTTPStatus.FOUND
    assert client.post(url, {**person, "once": ""}).status_code == HTTPStatus.CONFLICT
    refused = Event.objects.filter(action=REFUSED).order_by("number")
    assert [event.details["why"] for event in refused] == [["sent twice"], ["no key"]]


def test_what_an_action_would_not_do_is_an_event_that_says_which(universe: Universe) -> None:
    client, manager = universe.client_of(universe.ours.manager), universe.ours.manager
    client.post(f"/clinic/users/{manager.pk}/deactivate/")
    (event,) = Event.objects.filter(action=REFUSED)
    assert event.details["why"] == ["CannotEditUser"]
    assert event.details["user"] == str(manager.pk)


def test_somebody_who_hammers_an_address_fills_no_log(
    universe: Universe, at_ten: time_machine.Traveller
) -> None:
    """In a minute so many, and one that says that there were more; the next minute counts anew."""
    client, patient = universe.client_of(universe.ours.manager), build_patient(universe.ours)
    before = Event.objects.count()
    for _ in range(MOST_IN_A_MINUTE + 20):
        assert client.get(f"/patients/{patient.pk}/").status_code == HTTPStatus.FORBIDDEN
    assert Event.objects.filter(action=REFUSED).count() == MOST_IN_A_MINUTE
    (more,) = Event.objects.filter(action="request.refused_more")
    assert more.user_id == universe.ours.manager.pk
    assert more.details["from"]
    assert Event.objects.count() == before + MOST_IN_A_MINUTE + 1
    # Somebody else's are counted by themselves.
    universe.client_of(universe.ours.staff).get("/clinic/audit/")
    assert Event.objects.filter(action=REFUSED, user_id=universe.ours.staff.pk).count() == 1
    at_ten.shift(timedelta(minutes=1))
    client.get(f"/patients/{patient.pk}/")
    assert (
        Event.objects.filter(action=REFUSED, user_id=universe.ours.manager.pk).count() == MOST_IN_A_MINUTE + 1
    )


def test_signing_in_and_out_and_each_failure_say_from_where(universe: Universe) -> None:
    client, staff = Client(REMOTE_ADDR=FROM), universe.ours.staff
    for password in ("wrong", PASSWORD):
        client.post("/account/login/", {"login": staff.email, "password": password})
    client.post("/account/logout/")
    found = Event.objects.filter(action__in=("user.sign_in_failed", "user.signed_in", "user.signed_out"))
    assert [(event.action, event.details["from"]) for event in found.order_by("at")] == [
        ("user.sign_in_failed", FROM),
        ("user.signed_in", FROM),
        ("user.signed_out", FROM),
    ]


def test_an_attempt_with_an_address_that_is_nobodys_is_counted_without_what_was_typed(
    universe: Universe,
) -> None:
    Client(REMOTE_ADDR=FROM).post(
        "/account/login/", {"login": "ana.rivera@private.example", "password": "her-secret"}
    )
    (event,) = Event.objects.filter(action="user.sign_in_failed_unknown")
    assert (event.clinic_id, event.user_id, event.subject, event.details) == (None, None, "", {"from": FROM})
