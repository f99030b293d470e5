"""A stay on the pages: said on every page of the patient and on the worklist, and nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from taperplanner.stays.models import Gives, GoesOn, Stay, StayEnd
from taperplanner.tapers.models import Plan

from ..world.course import add_follow_up, words_of
from ..world.people import another_provider
from ..world.plan_pages import plan_url
from ..world.plans import TODAY
from ..world.restricted import restrict
from ..world.stays import ENDED, FACILITY, REASON, SENT, TAKEN_THERE, back_of, goes_on, stay_of
from ..world.universe import NOW, House, Universe

IN_IT = f"In {FACILITY} since March 2, 2026"
BACK = f"Back from {FACILITY} since March 2, 2026"


def page_of(name: str, plan: Plan, *more: int) -> str:
    return reverse(f"stays:{name}", args=[plan.patient_id, *more])


def test_a_stay_is_recorded_and_said_on_every_page_of_the_patient(plan: Plan, staff: Client) -> None:
    said = words_of(staff.post(page_of("stay_add", plan), SENT, follow=True))
    assert "The stay was recorded." in said
    stay = Stay.objects.get()
    assert (stay.facility, stay.gives, stay.expected_until) == (FACILITY, Gives.FACILITY, "about two weeks")
    for url in (plan.patient.get_absolute_url(), plan_url(plan), page_of("stays", plan)):
        page = words_of(staff.get(url))
        for part in (IN_IT, "Expected until: about two weeks", "medicine there: the facility gives it."):
            assert part in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"facility": ""}, "Write where the patient is."),
        ({"gives": ""}, "Choose who gives the medicine there."),
        ({"gives": "nurse"}, "Select a valid choice"),
        ({"began_on": "03/03/2026"}, "This is after today"),
        ({"began_on": "03/02/2016"}, "10 years before today"),
        ({"told_by": ""}, "Write who told you."),
        ({"expected_until": "x" * 201}, "Keep this to 200 characters"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    plan: Plan, staff: Client, wrong: dict[str, str], says: str
) -> None:
    page = words_of(staff.post(page_of("stay_add", plan), {**SENT, "phone": "555-0177", **wrong}))
    assert says in page
    assert not Stay.objects.exists()


def test_what_was_taken_there_stays_words(house: House, plan: Plan, staff: Client) -> None:
    stay = stay_of(plan.patient, house)
    page = words_of(staff.post(page_of("stay_end", plan, stay.number), ENDED, follow=True))
    assert "Each plan now waits for a provider; nothing goes on by itself." in page
    assert TAKEN_THERE in page
    assert StayEnd.objects.get().taken_there == TAKEN_THERE
    assert plan.versions.count() == 1
    assert not hasattr(Plan.objects.get(pk=plan.pk), "draft")


def test_staff_is_told_to_call_and_a_provider_decides(
    house: House, plan: Plan, staff: Client, provider: Client
) -> None:
    back_of(plan, house)
    page = words_of(staff.get(plan_url(plan)))
    assert BACK in page
    assert "a provider has not decided yet what is taken now." in page
    assert "waits for a provider: call one now" in page
    decide = reverse("stays:after_stay", args=[plan.patient_id, plan.number])
    assert staff.get(decide).status_code == 403
    page = words_of(provider.get(decide))
    assert TAKEN_THERE in page
    assert "Today, Monday, March 2, 2026: 2 mg a day (two milligrams)" in page
    assert "Write why the schedule goes on as signed." in words_of(provider.post(decide, {"reason": ""}))
    provider.post(decide, {"reason": REASON})
    assert GoesOn.objects.get().reason == REASON
    assert BACK not in words_of(staff.get(plan_url(plan)))
    page = words_of(provider.get(page_of("stays", plan)))
    assert f"Plan 1 (clonazepam) goes on as signed in version 1: {REASON}" in page


def test_a_decision_that_comes_second_keeps_what_was_typed(
    house: House, plan: Plan, provider: Client
) -> None:
    goes_on(plan, back_of(plan, house), house)
    decide = reverse("stays:after_stay", args=[plan.patient_id, plan.number])
    page = words_of(provider.post(decide, {"reason": "I spoke with her sister"}))
    assert "Somebody decided meanwhile" in page
    assert "I spoke with her sister" in page
    assert "No decision after a stay waits" in words_of(provider.get(decide, follow=True))


def test_the_worklist_lists_who_is_away_and_marks_their_other_rows(
    house: House, plan: Plan, staff: Client
) -> None:
    add_follow_up(plan, house, TODAY)
    stay_of(plan.patient, house)
    page = words_of(staff.get("/?only=stays"))
    assert "In a hospital or another facility (1)" in page
    assert (
        f"Since Monday, March 2, 2026 In {FACILITY}. Who gives the medicine there: the facility gives it."
        in page
    )
    follow_ups = words_of(staff.get("/?only=due-today"))
    assert f"{IN_IT}. Phone call: sleep and mood" in follow_ups


def test_the_worklist_lists_which_plans_wait_for_a_provider(
    house: House, plan: Plan, staff: Client, provider: Client
) -> None:
    add_follow_up(plan, house, TODAY)
    end = back_of(plan, house)
    page = words_of(provider.get("/?only=stays-undecided"))
    assert "Back from a hospital: a provider decides (1)" in page
    assert "Read and decide" in page
    assert "Read and decide" not in words_of(staff.get("/?only=stays-undecided"))
    assert f"{BACK}: a provider has not decided yet" in words_of(staff.get("/?only=due-today"))
    goes_on(plan, end, house)
    assert "a provider decides (1)" not in words_of(provider.get("/"))


def test_only_the_plans_of_the_provider_who_is_chosen_are_listed(
    house: House, plan: Plan, staff: Client
) -> None:
    stay_of(plan.patient, house)
    other = another_provider(house)
    assert FACILITY in words_of(staff.get(f"/?only=stays&provider={house.provider.pk}"))
    assert FACILITY not in words_of(staff.get(f"/?only=stays&provider={other.pk}"))


def test_a_restricted_patient_is_not_listed(house: House, plan: Plan, staff: Client) -> None:
    back_of(plan, house)
    stay_of(plan.patient, house, at=NOW + timedelta(hours=2))
    restrict(plan.patient, house)
    page = words_of(staff.get("/"))
    assert FACILITY not in page
    assert "a provider decides (1)" not in page


def test_a_record_in_error_is_a_providers_word(
    house: House, plan: Plan, staff: Client, provider: Client
) -> None:
    """Papers depend on it."""
    stay = stay_of(plan.patient, house)
    mark = page_of("stay_in_error", plan, stay.number)
    assert staff.post(mark, {"reason": "Another patient"}).status_code == 403
    page = words_of(provider.post(mark, {"reason": "Another patient"}, follow=True))
    assert "entered in error" in page
    assert IN_IT not in words_of(staff.get(plan_url(plan)))


def test_without_a_stay_nothing_is_said(plan: Plan, staff: Client, universe: Universe) -> None:
    assert "Who gives the medicine there" not in words_of(staff.get(plan_url(plan)))
    assert "In a hospital or another facility (" not in words_of(staff.get("/"))
