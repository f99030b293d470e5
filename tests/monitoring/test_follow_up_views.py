"""The pages of follow-ups."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from taperplanner.monitoring.models import FollowUp, Status
from taperplanner.tapers.models import Plan, Version

from ..world.course import add_follow_up, add_with_steps, check_in, in_error
from ..world.plan_pages import plan_url
from ..world.plans import MARCH_20, TODAY, open_plan, sign_revision, start_revision
from ..world.universe import Universe


def sent(universe: Universe, **changed: str) -> dict[str, str]:
    return {
        "when": "date",
        "due_on": "03/09/2026",
        "purpose": "Phone call",
        "assigned_to": str(universe.ours.staff.pk),
    } | changed


def test_staff_add_a_follow_up_on_a_date(universe: Universe, plan: Plan, staff: Client) -> None:
    answer = staff.post(plan_url(plan, "follow-ups/add/"), sent(universe))
    assert answer["Location"] == plan_url(plan, "progress/")
    page = staff.get(answer["Location"]).content.decode()
    assert "Monday, March 9, 2026" in page
    assert "Phone call" in page


def test_staff_add_one_with_each_step(universe: Universe, plan: Plan, staff: Client) -> None:
    staff.post(plan_url(plan, "follow-ups/add/"), sent(universe, when="steps", due_on="", offset_days="0"))
    assert plan.follow_ups.count() == 6


def test_no_date_and_no_interval_is_filled_in(plan: Plan, staff: Client) -> None:
    page = staff.get(plan_url(plan, "follow-ups/add/")).content.decode()
    for name in ("due_on", "offset_days"):
        tag = next(part for part in page.split("<input")[1:] if f'name="{name}"' in part).split(">")[0]
        assert "value" not in tag
    assert "checked" not in page
    assert "selected" not in page.replace('<option value="" selected>', "")


def test_without_a_signed_version_there_is_only_a_date(universe: Universe, staff: Client) -> None:
    plan = open_plan(universe.ours)
    assert "With each step" not in staff.get(plan_url(plan, "follow-ups/add/")).content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"due_on": "03/01/2026"}, "This is before today"),
        ({"due_on": ""}, "Enter the date"),
        ({"due_on": "soon"}, "This is not a date we can read"),
        ({"when": ""}, "Choose a date, or with each step"),
        ({"when": "steps"}, "Leave this empty, or choose “on a date”"),
        ({"when": "steps", "due_on": ""}, "Enter the number of days after the step begins"),
        ({"when": "steps", "due_on": "", "offset_days": "-1"}, "Enter a whole number of days, zero or more"),
        ({"offset_days": "3"}, "Leave this empty, or choose “with each step”"),
        ({"purpose": ""}, "Write what the contact is for"),
        ({"assigned_to": ""}, "Choose who does it"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    universe: Universe, plan: Plan, staff: Client, changed: dict[str, str], says: str
) -> None:
    page = staff.post(plan_url(plan, "follow-ups/add/"), sent(universe, **changed)).content.decode()
    assert says in page
    assert not FollowUp.objects.exists()
    for typed in changed.values():
        assert not typed or typed in page


def test_somebody_of_another_clinic_cannot_be_chosen(universe: Universe, plan: Plan, staff: Client) -> None:
    given = sent(universe, assigned_to=str(universe.theirs.staff.pk))
    assert (
        "Choose somebody on the list" in staff.post(plan_url(plan, "follow-ups/add/"), given).content.decode()
    )


def test_a_follow_up_is_edited_and_settled(universe: Universe, plan: Plan, staff: Client) -> None:
    follow_up = add_follow_up(plan, universe.ours)
    edited = sent(universe, due_on="03/10/2026", revision="1")
    assert staff.post(plan_url(plan, "follow-ups/1/edit/"), edited).status_code == 302
    late = staff.post(plan_url(plan, "follow-ups/1/edit/"), sent(universe, due_on="03/11/2026", revision="1"))
    assert late.status_code == 409
    assert "03/11/2026" in late.content.decode()
    settled = {"status": "missed", "reason": "Did not pick up", "revision": "2"}
    assert staff.post(plan_url(plan, "follow-ups/1/settle/"), settled).status_code == 302
    follow_up.refresh_from_db()
    assert (str(follow_up.due_on), follow_up.status) == ("2026-03-10", Status.MISSED)
    assert "Did not pick up" in staff.get(plan_url(plan, "progress/")).content.decode()


def test_the_page_asks_what_to_do_with_each_that_moved(
    universe: Universe, version: Version, staff: Client
) -> None:
    plan = version.plan
    add_with_steps(version, universe.ours, 5)
    sign_revision(start_revision(version, universe.ours, MARCH_20), universe.ours)
    assert (
        "moved the steps that 4 follow-ups are linked to"
        in staff.get(plan_url(plan, "progress/")).content.decode()
    )
    page = staff.get(plan_url(plan, "follow-ups/moved/")).content.decode()
    assert page.count("Not decided yet") == 4
    assert "Move with step 2 of version 2, which begins" in page
    empty = staff.post(plan_url(plan, "follow-ups/moved/"), {}).content.decode()
    assert "Decide at least one of them." in empty
    half = {"what_3": "keep", "what_4": "cancel"}
    assert (
        "Write why it is cancelled." in staff.post(plan_url(plan, "follow-ups/moved/"), half).content.decode()
    )
    whole = {"what_3": "keep", "what_4": "cancel", "reason_4": "No", "what_5": "2-2"}
    assert staff.post(plan_url(plan, "follow-ups/moved/"), whole).status_code == 302
    assert plan.follow_ups.moved().count() == 1


def test_the_patients_page_shows_what_is_due(universe: Universe, plan: Plan, staff: Client) -> None:
    add_follow_up(plan, universe.ours)
    page = staff.get(plan.patient.get_absolute_url()).content.decode()
    assert "Progress" in page
    assert "Thursday, March 5, 2026" in page


def test_the_patients_page_says_when_the_last_check_in_was_that_stands(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    def said() -> str:
        page = " ".join(staff.get(plan.patient.get_absolute_url()).content.decode().split())
        return page.partition('class="mb-1"> Last check-in: ')[2].partition(".")[0]

    assert "No check-in yet." in staff.get(plan.patient.get_absolute_url()).content.decode()
    check_in(plan, universe.ours, happened_on=TODAY - timedelta(days=7))
    assert said() == "February 23, 2026"
    newer = check_in(plan, universe.ours, happened_on=TODAY)
    assert said() == "March 2, 2026"
    in_error(newer, universe.ours)
    assert said() == "February 23, 2026"
