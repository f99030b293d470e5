"""Who may restrict a record, to whom, and that nobody who treats the patient is shut out of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from taperplanner.accounts.actions import deactivate_user
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.audit.models import Event
from taperplanner.patients.models import Patient, Restriction
from taperplanner.patients.restricted import actions
from taperplanner.patients.restricted.rule import closed_to, is_open_to

from ..world.people import build_patient
from ..world.plans import open_plan
from ..world.restricted import another, restrict, restricted
from ..world.universe import NOW, Universe


def refused(patient: Patient, by: User, people: list[User], **given: Any) -> str:
    patient.refresh_from_db()
    given = {
        "works_here": None,
        "reason": "Works here",
        "seen": str(patient.restriction_id or ""),
        "at": NOW,
    } | given
    with pytest.raises(actions.CannotRestrict) as refusal:
        actions.restrict_patient(patient=patient, people=people, by=by, **given)
    return str(refusal.value)


def test_a_record_is_open_to_the_people_named_for_it_and_to_nobody_else(universe: Universe) -> None:
    house = universe.ours
    patient = restricted(house)
    other = another(house, Role.STAFF)
    assert is_open_to(patient, house.provider)
    assert not is_open_to(patient, house.staff)
    assert list(closed_to(other)) == [patient]
    assert not closed_to(house.provider)
    restrict(patient, house, other)
    assert is_open_to(patient, other)
    assert not is_open_to(patient, house.staff)


def test_each_change_is_a_row_and_an_event_that_holds_no_typed_word(universe: Universe) -> None:
    house = universe.ours
    patient = restricted(house)
    restrict(patient, house, house.staff)
    actions.lift_restriction(patient=patient, reason="Left the clinic", by=house.provider, at=NOW)
    rows = Restriction.objects.order_by("said_at", "pk")
    assert sorted(row.kind for row in rows) == ["lifted", "people_changed", "restricted"]
    events = Event.objects.filter(action__startswith="patient.restrict")
    assert sorted(event.action for event in events) == [
        "patient.restricted",
        "patient.restriction_changed",
        "patient.restriction_lifted",
    ]
    assert not any("Works" in str(event.details) or "Left" in str(event.details) for event in events)
    patient.refresh_from_db()
    assert is_open_to(patient, another(house, Role.STAFF))


def test_whoever_restricts_is_one_of_those_who_may_open_it(universe: Universe) -> None:
    house = universe.ours
    other = another(house, Role.PROVIDER)
    said = refused(build_patient(house), house.provider, [other])
    assert said == "You must be one of those who may open the record."


def test_at_least_one_provider_may_open_it(universe: Universe) -> None:
    house = universe.ours
    said = refused(build_patient(house), house.staff, [house.staff])
    assert said == "At least one provider must be able to open the record."


def test_the_provider_of_an_open_plan_is_not_shut_out(universe: Universe) -> None:
    house = universe.ours
    plan = open_plan(house)
    other = another(house, Role.PROVIDER)
    said = refused(plan.patient, other, [other])
    assert "Priya Provider treats this patient by a plan that is open" in said
    restrict(plan.patient, house, other)


def test_a_treating_provider_who_is_the_patient_is_not_asked_for(universe: Universe) -> None:
    house = universe.ours
    plan, other = open_plan(house), another(house, Role.PROVIDER)
    patient = restrict(plan.patient, house, by=other, works_here=house.provider)
    assert not is_open_to(patient, house.provider)


def test_the_patient_is_never_one_of_those_who_open_their_own_record(universe: Universe) -> None:
    house = universe.ours
    said = refused(
        build_patient(house), house.provider, [house.provider, house.staff], works_here=house.staff
    )
    assert said == "Sam Staff is the patient, and cannot be one of those who open the record."


def test_another_clinics_people_and_those_who_left_cannot_be_chosen(universe: Universe) -> None:
    house = universe.ours
    gone = another(house, Role.STAFF)
    deactivate_user(user=gone, by=house.manager, at=NOW)
    gone.refresh_from_db()
    for person in (universe.theirs.staff, gone):
        said = refused(build_patient(house), house.provider, [house.provider, person])
        assert said == "Choose people who work at this clinic."


def test_somebody_outside_changes_and_lifts_nothing(universe: Universe) -> None:
    house = universe.ours
    patient, other = restricted(house), another(house, Role.PROVIDER)
    said = refused(patient, other, [other])
    assert said == "Only somebody named for this record may change who opens it."
    with pytest.raises(actions.CannotLiftRestriction):
        actions.lift_restriction(patient=patient, reason="Mine", by=other, at=NOW)


def test_where_no_provider_is_left_another_one_may_name_the_people_anew(universe: Universe) -> None:
    house = universe.ours
    patient, other = restricted(house), another(house, Role.PROVIDER)
    deactivate_user(user=house.provider, by=house.manager, at=NOW)
    restrict(patient, house, by=other)
    assert is_open_to(patient, other)


def test_who_saves_second_is_told_that_the_people_changed_meanwhile(universe: Universe) -> None:
    house = universe.ours
    patient = restricted(house)
    said = refused(patient, house.provider, [house.provider], seen="")
    assert said == "Somebody changed who may open this record meanwhile. Open this page again."


def test_the_page_restricts_and_lifts(universe: Universe) -> None:
    house = universe.ours
    patient, client = build_patient(house), universe.client_of(house.provider)
    page = reverse("patients:patient_restrict", args=[patient.pk])
    assert "Who may open this record" in client.get(page).content.decode()
    sent = {"people": [str(house.provider.pk)], "works_here": str(house.staff.pk), "reason": "Our nurse"}
    assert client.post(page, {**sent, "reason": ""}).status_code == 200
    assert client.post(page, sent).status_code == 302
    patient.refresh_from_db()
    assert patient.restriction is not None
    assert patient.restriction.works_here == house.staff
    shown = client.get(page).content.decode()
    assert "Our nurse" in shown
    assert ">Restricted</span>" in shown
    lift = reverse("patients:restriction_lift", args=[patient.pk])
    assert client.post(lift, {"reason": "She left"}).status_code == 302
    patient.refresh_from_db()
    assert patient.restriction is None


def test_staff_cannot_restrict(universe: Universe) -> None:
    patient = build_patient(universe.ours)
    page = reverse("patients:patient_restrict", args=[patient.pk])
    assert universe.client_of(universe.ours.staff).get(page).status_code == 403


def test_a_person_is_added_to_no_restriction_that_is_whole(universe: Universe) -> None:
    from django.db import DatabaseError, transaction

    from taperplanner.patients.models import MayOpen

    patient = restricted(universe.ours)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MayOpen.objects.create(restriction_id=patient.restriction_id, user=universe.ours.staff)


def test_restricting_again_keeps_the_time_of_each_decision(universe: Universe) -> None:
    patient = restricted(universe.ours)
    restrict(patient, universe.ours, at=NOW + timedelta(days=1))
    assert [row.said_at for row in patient.restrictions.order_by("said_at")] == [
        NOW,
        NOW + timedelta(days=1),
    ]
