"""Opening a restricted record in an emergency: with a reason, for an hour, shown on every page and reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from taperplanner.accounts.permissions import Role
from taperplanner.audit.models import Event
from taperplanner.handouts.models import PrintedHandout
from taperplanner.patients.access.report import Period, report_of
from taperplanner.patients.models import EmergencyAccess, Patient
from taperplanner.patients.restricted import actions

from ..world.people import ana
from ..world.plans import open_plan, sign_plan
from ..world.restricted import FAMILY, MRN, REASON, another, break_the_glass, restrict, restricted
from ..world.universe import NOW, Universe

HOUR = timedelta(minutes=60)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def signed_in(user: object) -> Client:
    """A browser of its own."""
    client = Client()
    client.force_login(user)
    return client


def address(patient: Patient, name: str = "emergency_access") -> str:
    return reverse(f"patients:{name}", args=[patient.pk])


def hidden(page: str) -> dict[str, str]:
    from html import unescape

    found = re.findall(r'<input type="hidden" name="(asked|sent)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def open_in_emergency(client: Client, patient: Patient, reason: str = REASON) -> str:
    """From the page that is refused, as somebody would. Returns the address that it leads to."""
    page = client.get(patient.get_absolute_url())
    assert page.status_code == HTTPStatus.FORBIDDEN
    answer = client.post(address(patient), {"reason": reason, **hidden(page.content.decode())})
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    return answer["Location"]


def test_the_page_that_says_no_names_nobody_and_offers_emergency_access(universe: Universe) -> None:
    patient = restricted(universe.ours)
    answer = universe.client_of(universe.ours.staff).get(patient.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "This record is restricted" in page
    assert "Open the record now" in page
    for word in (FAMILY, patient.given_name, MRN, "1970"):
        assert word not in page


def test_the_refusal_is_one_event_that_says_what_was_asked_for_why_not_and_from_where(
    universe: Universe,
) -> None:
    patient = restricted(universe.ours)
    asked = address(patient, "patient_history")
    universe.client_of(universe.ours.staff).get(asked, REMOTE_ADDR="192.0.2.7")
    event = Event.objects.get(user_id=universe.ours.staff.pk, action="request.refused")
    assert (event.patient_id, event.subject) == (patient.pk, "patients:patient_history")
    assert event.details == {"why": ["restricted"], "method": "GET", "from": "192.0.2.7"}
    assert "the record is restricted" in event.sentence
    assert not Event.objects.filter(user_id=universe.ours.staff.pk, action="patient.page_shown").exists()


def test_a_reason_opens_the_page_that_was_asked_for_under_a_band(universe: Universe) -> None:
    house, patient = universe.ours, restricted(universe.ours)
    client = universe.client_of(house.staff)
    asked = address(patient, "patient_history")
    refused = client.get(asked)
    answer = client.post(address(patient), {"reason": REASON, **hidden(refused.content.decode())})
    assert answer["Location"] == asked
    page = client.get(asked).content.decode()
    assert FAMILY in page
    assert "Emergency access until 11:00 AM." in page
    assert REASON in page


def test_the_word_of_the_form_leads_to_no_other_address(universe: Universe) -> None:
    patient = restricted(universe.ours)
    client = universe.client_of(universe.ours.staff)
    answer = client.post(address(patient), {"reason": REASON, "asked": "https://elsewhere.example/"})
    assert answer["Location"] == patient.get_absolute_url()


@pytest.mark.parametrize("reason", ["", "   ", "too short"])
def test_a_reason_is_required_and_says_something(universe: Universe, reason: str) -> None:
    patient = restricted(universe.ours)
    client = universe.client_of(universe.ours.staff)
    answer = client.post(address(patient), {"reason": reason})
    assert answer.status_code == HTTPStatus.OK
    assert not EmergencyAccess.objects.exists()
    assert client.get(patient.get_absolute_url()).status_code == HTTPStatus.FORBIDDEN


def test_every_event_in_it_says_so_and_none_holds_the_reason(universe: Universe) -> None:
    patient = restricted(universe.ours)
    client = universe.client_of(universe.ours.staff)
    open_in_emergency(client, patient)
    client.get(patient.get_absolute_url())
    facts = reverse("patients:safety_facts", args=[patient.pk])
    client.post(facts, {"revision": patient.safety_facts_revision})
    assert client.get(reverse("patients:medication_edit", args=[patient.pk, uuid4()])).status_code == 404
    access = EmergencyAccess.objects.get()
    events = Event.objects.filter(patient_id=patient.pk, user_id=universe.ours.staff.pk)
    within = [event for event in events if event.details.get("why") != ["restricted"]]
    assert {
        "emergency_access.begun",
        "patient.page_shown",
        "request.refused",
        "safety_facts.answered",
    } <= {event.action for event in within}
    assert {event.details.get("emergency_access") for event in within} == {access.pk.hex}
    assert not any(REASON in f"{event.details} {event.subject}" for event in Event.objects.all())


def test_it_ends_by_time(universe: Universe, clock: time_machine.Traveller) -> None:
    patient = restricted(universe.ours)
    client = universe.client_of(universe.ours.staff)
    open_in_emergency(client, patient)
    for minutes, status in ((14, 200), (28, 200), (42, 200), (56, 200), (59, 200), (60, 403)):
        clock.move_to(NOW + timedelta(minutes=minutes))
        assert client.get(patient.get_absolute_url()).status_code == status, minutes


def test_it_ends_when_the_person_is_done(universe: Universe) -> None:
    patient = restricted(universe.ours)
    client = universe.client_of(universe.ours.staff)
    open_in_emergency(client, patient)
    assert client.post(address(patient, "emergency_access_end")).status_code == HTTPStatus.FOUND
    assert client.get(patient.get_absolute_url()).status_code == HTTPStatus.FORBIDDEN
    assert Event.objects.filter(action="emergency_access.ended").count() == 1


def test_it_ends_at_sign_out_and_is_open_in_no_other_browser(universe: Universe) -> None:
    patient, staff = restricted(universe.ours), universe.ours.staff
    first, second = signed_in(staff), signed_in(staff)
    open_in_emergency(first, patient)
    assert second.get(patient.get_absolute_url()).status_code == HTTPStatus.FORBIDDEN
    first.post(reverse("account_logout"))
    first.force_login(staff)
    assert first.get(patient.get_absolute_url()).status_code == HTTPStatus.FORBIDDEN


def test_it_is_open_to_nobody_else_of_the_same_role(universe: Universe) -> None:
    house, patient = universe.ours, restricted(universe.ours)
    open_in_emergency(universe.client_of(house.staff), patient)
    other = signed_in(another(house, Role.STAFF))
    assert other.get(patient.get_absolute_url()).status_code == HTTPStatus.FORBIDDEN


def test_it_opens_no_other_restricted_record(universe: Universe) -> None:
    house, patient = universe.ours, restricted(universe.ours)
    second = restrict(ana(house), house)
    client = universe.client_of(house.staff)
    open_in_emergency(client, patient)
    assert client.get(second.get_absolute_url()).status_code == HTTPStatus.FORBIDDEN


def test_somebody_else_cannot_end_it(universe: Universe) -> None:
    house = universe.ours
    access = break_the_glass(restricted(house), house.staff)
    with pytest.raises(actions.CannotEndEmergencyAccess):
        actions.end_emergency_access(access=access, by=house.provider, at=NOW)


def test_nobody_breaks_the_glass_of_their_own_record(universe: Universe) -> None:
    house = universe.ours
    patient = restrict(ana(house), house, works_here=house.staff)
    with pytest.raises(actions.CannotOpenInEmergency, match="your own record"):
        break_the_glass(patient, house.staff)


def test_a_manager_has_no_emergency_access(universe: Universe) -> None:
    patient = restricted(universe.ours)
    client = universe.client_of(universe.ours.manager)
    for name in ("emergency_access", "patient"):
        assert client.get(address(patient, name)).status_code == HTTPStatus.FORBIDDEN
    assert client.post(address(patient), {"reason": REASON}).status_code == HTTPStatus.FORBIDDEN
    assert not EmergencyAccess.objects.exists()


def test_what_was_typed_before_the_restriction_is_kept_and_saved_when_the_record_opens(
    universe: Universe,
) -> None:
    house, patient = universe.ours, ana(universe.ours)
    client = universe.client_of(house.staff)
    edit = reverse("patients:patient_archive", args=[patient.pk])
    client.get(edit)
    restrict(patient, house)
    typed = {"reason": "Moved to Fresno", "revision": patient.revision}
    refused = client.post(edit, typed)
    page = refused.content.decode()
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "What you sent was not saved" in page
    assert "Moved to Fresno" in page
    again = client.post(address(patient), {"reason": "short", **hidden(page)}).content.decode()
    assert "Moved to Fresno" in again, "nor is it lost where the reason is refused"
    begun = client.post(address(patient), {"reason": REASON, **hidden(again)}).content.decode()
    patient.refresh_from_db()
    assert patient.archived_at is None, "nothing is saved unasked"
    assert f'action="{edit}"' in begun
    assert 'name="reason" value="Moved to Fresno"' in begun
    assert client.post(edit, typed).status_code == HTTPStatus.FOUND
    patient.refresh_from_db()
    assert patient.archived_reason == "Moved to Fresno"


def test_a_page_that_saves_while_somebody_types_is_told_and_stays(universe: Universe) -> None:
    house = universe.ours
    plan = open_plan(house)
    restrict(plan.patient, house)
    draft = reverse("tapers:draft_edit", args=[plan.patient_id, plan.number])
    client = signed_in(another(house, Role.PROVIDER))
    answer = client.post(draft, {}, headers={"HX-Request": "true"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer["Content-Type"].startswith("text/plain")
    assert "Copy what you need" in answer.content.decode()


def test_which_plans_a_closed_record_has_is_told_to_nobody(universe: Universe) -> None:
    house = universe.ours
    plan = open_plan(house)
    restrict(plan.patient, house)
    client = universe.client_of(house.staff)
    for number in (plan.number, 4711):
        answer = client.get(reverse("tapers:plan", args=[plan.patient_id, number]))
        assert answer.status_code == HTTPStatus.FORBIDDEN, number
    assert "Open the record now" in answer.content.decode()


def test_the_paper_can_be_printed_in_an_emergency(universe: Universe) -> None:
    house = universe.ours
    version = sign_plan(open_plan(house), house)
    patient = restrict(version.plan.patient, house)
    client = universe.client_of(house.staff)
    open_in_emergency(client, patient)
    page = reverse("handouts:handout_print", args=[patient.pk, version.plan.number, version.number])
    assert "Emergency access until" in client.get(page).content.decode()
    answer = client.post(page, {"layout": "schedule", "size": "regular", "language": "en", "how": "page"})
    assert answer.status_code == HTTPStatus.FOUND
    paper = client.get(answer["Location"]).content.decode()
    assert "Emergency access until" in paper
    copy = PrintedHandout.objects.get()
    event = Event.objects.get(action="handout.printed")
    assert (event.user_id, copy.printed_by_id) == (house.staff.pk, house.staff.pk)
    assert event.details["emergency_access"] == EmergencyAccess.objects.get().pk.hex


def test_the_report_of_who_looked_says_the_reason_that_was_typed(universe: Universe) -> None:
    house = universe.ours
    patient = restricted(house)
    open_in_emergency(universe.client_of(house.staff), patient)
    universe.client_of(house.staff).get(patient.get_absolute_url())
    universe.client_of(house.provider).get(patient.get_absolute_url())
    lines = report_of(house.clinic, patient.pk, Period(None, None)).lines
    why = {line.why: line.what for line in lines if line.who == house.staff.name}
    assert why.keys() == {REASON, "As staff"}
    assert why["As staff"].endswith("the record is restricted"), "before they gave a reason"
    assert REASON not in {line.why for line in lines if line.who == house.provider.name}


def test_a_record_that_is_not_restricted_needs_none(universe: Universe) -> None:
    patient = ana(universe.ours)
    client = universe.client_of(universe.ours.staff)
    assert client.get(address(patient))["Location"] == patient.get_absolute_url()
    assert client.post(address(patient, "emergency_access_end")).status_code == HTTPStatus.FOUND
    with pytest.raises(actions.CannotOpenInEmergency):
        break_the_glass(patient, universe.ours.staff)
