"""What belongs to people who are away stands on the worklist until somebody else has it; signatures stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.models import User
from taperplanner.audit.models import Event
from taperplanner.day_book.rebuilding import rebuild
from taperplanner.monitoring.models import FollowUp, FollowUpAssignment
from taperplanner.monitoring.reassigning.actions import CHANGED, NO_PROVIDER, CannotReassign, reassign
from taperplanner.patients.restricted.treating import who_treats
from taperplanner.tapers.models import Plan, PlanAssignment, Version
from taperplanner.tapers.on_patient_list import provider_of
from taperplanner.tapers.signed.verify import findings

from ..world.away import TODAY, YESTERDAY, on_leave, second_provider, works_until
from ..world.course import add_follow_up, emergency_of, words_of
from ..world.people import answer_all, build_patient
from ..world.plans import open_plan, sign_plan, sign_revision, signed_version, start_revision
from ..world.restricted import restrict
from ..world.universe import NOW, House, Universe

PLANS, FOLLOW_UPS = "Plans of colleagues who are away (", "Follow-ups of people who are away ("
MANY, SIGNED = 50, 5
REASSIGN: Final = "worklist:reassign"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def page(client: Client, **asked: str) -> str:
    return words_of(client.get("/", asked))


def provider_now(plan: Plan) -> User:
    found = Plan.objects.annotate(provider=provider_of()).get(pk=plan.pk)
    return User.objects.get(pk=vars(found)["provider"])


def give(house: House, plans: list[Plan], to: User, *follow_ups: FollowUp, by: User | None = None) -> int:
    ids = {plan.pk for plan in plans}
    asked = {one.pk for one in follow_ups}
    return reassign(plans=ids, follow_ups=asked, to=to, why="Left the clinic", by=by or house.staff, at=NOW)


def unsigned(house: House) -> Plan:
    return open_plan(house, build_patient(house))


def signed(house: House) -> Plan:
    plan = unsigned(house)
    answer_all(plan.patient, by=house.provider)
    sign_plan(plan, house)
    return plan


# --- What stands there -------------------------------------------------------------------------


def test_nothing_stands_there_while_everybody_is_here(universe: Universe, staff: Client) -> None:
    add_follow_up(signed_version(universe.ours).plan, universe.ours)
    assert PLANS not in page(staff)
    assert FOLLOW_UPS not in page(staff)


def test_plans_of_a_provider_who_left_stand_on_everybodys_worklist_until_they_are_given(
    universe: Universe, staff: Client
) -> None:
    house = universe.ours
    version = signed_version(house)
    other = second_provider(house)
    works_until(house.provider, house, YESTERDAY)
    for asked in ({}, {"provider": str(other.pk)}):
        said = page(staff, **asked)
        assert "Plans of colleagues who are away (1)" in said
        assert "Priya Provider, MD, who left after March 1, 2026" in said
    give(house, [version.plan], other)
    assert PLANS not in page(staff)
    assert provider_now(version.plan) == other


@pytest.mark.parametrize("how", ["deactivated", "on leave"])
def test_so_they_do_of_somebody_who_is_deactivated_or_on_leave(
    universe: Universe, staff: Client, how: str
) -> None:
    house = universe.ours
    plan = open_plan(house)
    if how == "deactivated":
        accounts.deactivate_user(user=house.provider, by=house.manager, at=NOW)
    else:
        on_leave(house.provider, house)
    said = page(staff)
    assert "Plans of colleagues who are away (1)" in said
    assert f"Priya Provider, MD, {how}" in said
    assert plan.drug in said


def test_a_leave_that_is_over_takes_them_off_again(universe: Universe, staff: Client) -> None:
    open_plan(universe.ours)
    on_leave(universe.ours.provider, universe.ours, YESTERDAY, days=1)
    assert PLANS not in page(staff)


def test_follow_ups_of_somebody_on_leave_stand_there_until_they_are_given(
    universe: Universe, staff: Client
) -> None:
    house = universe.ours
    follow_up = add_follow_up(signed_version(house).plan, house)
    on_leave(house.staff, house)
    assert "Follow-ups of colleagues who are away (1)" in page(staff)
    give(house, [], house.provider, follow_up)
    assert FOLLOW_UPS not in page(staff)
    follow_up.refresh_from_db()
    assert (follow_up.assigned_to, follow_up.revision) == (house.provider, 2)
    assert FollowUpAssignment.objects.get().before == house.staff


def test_an_open_emergency_of_somebody_who_is_away_is_on_every_providers_list(universe: Universe) -> None:
    house = universe.ours
    other = second_provider(house)
    emergency_of(signed_version(house).plan, house)
    client = universe.client_of(other)
    assert "Open emergencies (" not in page(client, provider=str(other.pk))
    works_until(house.provider, house, YESTERDAY)
    said = page(client, provider=str(other.pk))
    assert "Open emergencies (1)" in said
    assert "An emergency is open" in said


def test_a_restricted_record_is_listed_for_nobody_to_whom_it_is_closed(universe: Universe) -> None:
    house = universe.ours
    plan = open_plan(house)
    restrict(plan.patient, house)
    on_leave(house.provider, house)
    assert PLANS not in page(universe.client_of(house.staff))
    assert PLANS in page(universe.client_of(house.provider))


def test_another_clinics_people_are_nobodys_here(universe: Universe, staff: Client) -> None:
    open_plan(universe.theirs)
    works_until(universe.theirs.provider, universe.theirs, YESTERDAY)
    assert PLANS not in page(staff)


# --- Given to somebody else --------------------------------------------------------------------


def test_fifty_plans_are_given_in_one_act_and_what_was_signed_stays(
    universe: Universe, staff: Client
) -> None:
    house = universe.ours
    other = second_provider(house)
    plans = [signed(house) if number < SIGNED else unsigned(house) for number in range(MANY)]
    hashes = dict(Version.objects.values_list("pk", "content_hash"))
    signatures = set(Version.objects.values_list("pk", "signed_by", "signed_by_name"))
    works_until(house.provider, house, YESTERDAY)
    assert "Plans of colleagues who are away (25+)" in page(staff)
    offered = staff.get(reverse(REASSIGN)).text
    assert f"All {MANY} below" in offered
    sent = {
        "everything": str(house.provider.pk),
        "offered": [f"plan:{plan.pk}" for plan in plans],
        "to": str(other.pk),
        "why": "Left the clinic",
        "once": "a" * 32,
    }
    answer = staff.post(reverse(REASSIGN), sent, follow=True)
    assert f"{MANY} plans and follow-ups were given to Pablo Provider, NP." in answer.text
    assert PLANS not in page(staff)
    assert {provider_now(plan) for plan in plans} == {other}
    events = Event.objects.filter(action="plan.reassigned")
    assert {event.patient_id for event in events} == {plan.patient_id for plan in plans}
    assert {event.details["to"] for event in events} == {str(other.pk)}
    assert not [event for event in events if "Left" in str(vars(event))]
    assert dict(Version.objects.values_list("pk", "content_hash")) == hashes
    assert len(hashes) == SIGNED
    assert set(Version.objects.values_list("pk", "signed_by", "signed_by_name")) == signatures
    assert list(findings()) == []
    assert not [difference for _, difference in rebuild() if difference]


def test_of_fifty_plans_nothing_is_given_if_one_was_given_meanwhile(universe: Universe) -> None:
    house = universe.ours
    other = second_provider(house)
    plans = [open_plan(house, build_patient(house)) for _ in range(MANY)]
    works_until(house.provider, house, YESTERDAY)
    give(house, plans[-1:], other)
    with pytest.raises(CannotReassign, match="Nothing was changed"):
        give(house, plans, other)
    assert PlanAssignment.objects.count() == 1
    assert Event.objects.filter(action="plan.reassigned").count() == 1


def test_a_plan_of_somebody_who_is_here_is_taken_from_nobody(universe: Universe) -> None:
    house = universe.ours
    plan = open_plan(house)
    with pytest.raises(CannotReassign) as refusal:
        give(house, [plan], second_provider(house))
    assert str(refusal.value) == CHANGED


def test_a_plan_goes_to_a_provider_who_is_here_and_may_open_the_record(universe: Universe) -> None:
    house = universe.ours
    plan, other = open_plan(house), second_provider(house)
    works_until(house.provider, house, YESTERDAY)
    with pytest.raises(CannotReassign) as refusal:
        give(house, [plan], house.staff)
    assert str(refusal.value) == NO_PROVIDER
    for to in (house.provider, house.manager, universe.theirs.provider):
        with pytest.raises(CannotReassign, match="Choose somebody who is here"):
            give(house, [plan], to)
    restrict(plan.patient, house)
    with pytest.raises(CannotReassign, match="restricted"):
        give(house, [plan], other, by=house.provider)
    with pytest.raises(CannotReassign) as hidden:
        give(house, [plan], other)
    assert str(hidden.value) == CHANGED
    assert not PlanAssignment.objects.exists()


def test_whoever_signs_the_next_version_answers_for_the_plan(universe: Universe) -> None:
    """Also if they are the one who was away."""
    house = universe.ours
    version, other = signed_version(house), second_provider(house)
    leave = on_leave(house.provider, house)
    give(house, [version.plan], other)
    assert who_treats(version.plan.patient) == {other.pk}
    accounts.withdraw_leave(leave=leave, by=house.manager, at=NOW)
    assert provider_now(version.plan) == other
    sign_revision(start_revision(version, house), house)
    assert provider_now(version.plan) == house.provider
    assert who_treats(version.plan.patient) == {house.provider.pk}


def test_the_plans_page_says_to_whom_by_whom_and_why(universe: Universe, staff: Client) -> None:
    house = universe.ours
    version, other = signed_version(house), second_provider(house)
    on_leave(house.provider, house)
    give(house, [version.plan], other)
    said = words_of(staff.get(version.plan.get_absolute_url()))
    assert "to Pablo Provider, NP , by Sam Staff, RN : Left the clinic" in said


# --- The page ----------------------------------------------------------------------------------


def test_what_was_ticked_on_the_worklist_is_ticked_on_the_page_and_typed_words_are_kept(
    universe: Universe, staff: Client
) -> None:
    house = universe.ours
    plans = [open_plan(house, build_patient(house)) for _ in range(2)]
    on_leave(house.provider, house)
    ticked = {"given": f"plan:{plans[0].pk}", "once": "b" * 32}
    shown = staff.post(reverse(REASSIGN), ticked)
    assert shown.text.count(" checked") == 1
    assert "Choose to whom" not in shown.text
    wrong = staff.post(reverse(REASSIGN), {**ticked, "to": "", "why": "On leave"})
    assert wrong.text.count(" checked") == 1
    assert "Choose to whom it is given." in wrong.text
    assert "On leave" in wrong.text
    nothing = {"to": str(house.staff.pk), "why": "On leave", "once": "c" * 32}
    assert "Tick what is to be given" in staff.post(reverse(REASSIGN), nothing).text


@pytest.mark.parametrize("given", ["plan:", "plan:x", "follow-up:1", "nothing", f"plan:{'0' * 32}", "\x00"])
def test_what_is_nobodys_is_refused_and_nothing_is_given(
    universe: Universe, staff: Client, given: str
) -> None:
    house = universe.ours
    plan, other = open_plan(house), second_provider(house)
    on_leave(house.provider, house)
    sent = {"given": [given, f"plan:{plan.pk}"], "to": str(other.pk), "why": "Left", "once": "d" * 32}
    staff.post(reverse(REASSIGN), sent)
    assert PlanAssignment.objects.count() == (1 if given in {"nothing", "\x00"} else 0)


def test_somebody_whose_last_day_is_today_is_still_here(universe: Universe, staff: Client) -> None:
    open_plan(universe.ours)
    works_until(universe.ours.provider, universe.ours, TODAY)
    assert PLANS not in page(staff)
