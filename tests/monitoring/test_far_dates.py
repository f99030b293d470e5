"""A date that stands far from its neighbours is asked about in words, and kept only with a reason."""

from __future__ import annotations

from typing import Final

import pytest
from django.test import Client

from taperplanner.monitoring.models import CheckIn, Dispensing, FollowUp
from taperplanner.patients.models import FarDay
from taperplanner.tapers.models import Plan

from ..world.patient_pages import text_of
from ..world.universe import Universe

DISPENSED: Final = {"product": "1", "quantity": "28"}
CONTACT: Final = {"contact": "phone", "rows": "3"}
BEFORE_THE_PLAN: Final = "1 year before this plan was opened, Monday, March 2, 2026. Correct the date"


def post(staff: Client, plan: Plan, page: str, given: dict[str, str]) -> str:
    answer = staff.post(f"/patients/{plan.patient_id}/plans/{plan.number}/{page}", given, follow=True)
    return text_of(answer)


def test_what_was_dispensed_a_year_before_the_plan_is_asked_about(plan: Plan, staff: Client) -> None:
    given = DISPENSED | {"dispensed_on": "03/02/2025"}
    page = post(staff, plan, "supply/add/", given)
    assert f"Sunday, March 2, 2025 is {BEFORE_THE_PLAN}" in page
    assert 'name="dispensed_on_far_20250302"' in page
    assert not Dispensing.objects.exists()
    post(staff, plan, "supply/add/", given | {"dispensed_on_far_20250302": "Left over from then"})
    assert Dispensing.objects.get().dispensed_on.year == 2025
    far = FarDay.objects.get()
    assert (far.patient, far.of, far.day.year) == (plan.patient, "plan 1, dispensing 1", 2025)
    assert "Left over from then" in text_of(staff.get(f"/patients/{plan.patient_id}/history/"))


def test_a_reason_belongs_to_the_date_that_it_was_typed_for(plan: Plan, staff: Client) -> None:
    given = DISPENSED | {"dispensed_on": "03/02/2015", "dispensed_on_far_20250302": "Left over from then"}
    assert "is 11 years before this plan was opened" in post(staff, plan, "supply/add/", given)
    assert not Dispensing.objects.exists()


def test_a_date_that_is_put_right_asks_nothing(plan: Plan, staff: Client) -> None:
    given = DISPENSED | {"dispensed_on": "03/01/2026", "dispensed_on_far_20250301": "Typed for another"}
    post(staff, plan, "supply/add/", given)
    assert Dispensing.objects.count() == 1
    assert not FarDay.objects.exists()


@pytest.mark.parametrize("near", ["12/15/2025", "03/02/2026"])
def test_a_date_within_a_quarter_of_the_plan_asks_nothing(plan: Plan, staff: Client, near: str) -> None:
    post(staff, plan, "supply/add/", DISPENSED | {"dispensed_on": near})
    assert Dispensing.objects.count() == 1


def test_a_check_in_of_years_ago_is_asked_about(plan: Plan, staff: Client) -> None:
    given = CONTACT | {"happened_on": "03/02/2020"}
    page = post(staff, plan, "check-ins/add/", given)
    assert "Monday, March 2, 2020 is 6 years before this plan was opened" in page
    assert not CheckIn.objects.exists()
    post(staff, plan, "check-ins/add/", given | {"happened_on_far_20200302": "From the old chart"})
    assert CheckIn.objects.count() == 1
    assert FarDay.objects.get().reason == "From the old chart"


def test_a_follow_up_in_ten_years_is_asked_about(universe: Universe, plan: Plan, staff: Client) -> None:
    given = {
        "when": "date", "due_on": "03/02/2036", "purpose": "Phone call", "assigned_to": str(universe.ours.staff.pk),
    }  # fmt: skip
    page = post(staff, plan, "follow-ups/add/", given)
    assert "Sunday, March 2, 2036 is 10 years after today. Correct the date" in page
    assert not FollowUp.objects.exists()
    post(staff, plan, "follow-ups/add/", given | {"due_on_far_20360302": "End of the study"})
    follow_up = FollowUp.objects.get()
    edit = f"follow-ups/{follow_up.number}/edit/"
    post(staff, plan, edit, given | {"purpose": "Letter", "revision": "1"})
    follow_up.refresh_from_db()
    assert follow_up.purpose == "Letter", "a date that was meant is not asked about again"


def test_a_date_that_cannot_be_read_is_refused_and_not_asked_about(plan: Plan, staff: Client) -> None:
    page = post(staff, plan, "supply/add/", DISPENSED | {"dispensed_on": "2/30/2020"})
    assert "February 2020 has no day 30." in page
    assert "before this plan" not in page


RUN: Final = CONTACT | {
    "happened_on": "03/02/2026",
    "taken_0_last": "03/01/2026",
    "taken_0_of_1": "1",
    "taken_0_of_2": "0",
}


def test_days_of_what_was_taken_that_began_years_ago_are_asked_about(plan: Plan, staff: Client) -> None:
    given = RUN | {"taken_0_first": "03/01/2016"}
    page = post(staff, plan, "check-ins/add/", given)
    assert "Tuesday, March 1, 2016 is 10 years before this plan was opened" in page
    asked = page.index('name="taken_0_first_far_20160301"')
    assert page.index('name="taken_0_first"') < asked < page.index('name="taken_0_last"'), "below its day"
    assert not CheckIn.objects.exists()
    post(staff, plan, "check-ins/add/", given | {"taken_0_first_far_20160301": "On this dose since then"})
    assert CheckIn.objects.get().runs.get().first_day.year == 2016
    assert FarDay.objects.get().reason == "On this dose since then"
