"""Of the forms of check-ins and follow-ups: what is chosen beforehand, today's date, and Enter."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from taperplanner.monitoring.models import CheckIn
from taperplanner.monitoring.symptoms import GROUPS, SYMPTOMS, Group
from taperplanner.tapers.models import Plan

from ..world.course import FORM_KEY, add_follow_up, check_in
from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import TODAY
from ..world.universe import Universe

DATED = {"happened_on": "03/02/2026"}


def add(plan: Plan) -> str:
    return plan_url(plan, "check-ins/add/")


def test_a_future_follow_up_is_not_chosen_beforehand(universe: Universe, plan: Plan, staff: Client) -> None:
    add_follow_up(plan, universe.ours, TODAY)
    add_follow_up(plan, universe.ours, TODAY + timedelta(days=1))
    due = staff.get(f"{add(plan)}?follow_up=1").content.decode()
    assert re.search(r'<option value="1"\s+selected', due)
    assert "Saving this closes as done: Phone call: sleep and mood, due Mon, Mar 2, 2026." in due
    later = staff.get(f"{add(plan)}?follow_up=2").content.decode()
    assert not re.search(r'<option value="2"\s+selected', later)
    assert "due Tue, Mar 3, 2026” is due later. It stays open unless you choose it here." in later
    staff.post(add(plan), {"contact": "phone", **DATED})
    assert plan.follow_ups.open().count() == 2
    answer = staff.post(add(plan), {"contact": "phone", "follow_up": "2", **DATED})
    assert "Closed as done: the follow-up" in staff.get(answer["Location"]).content.decode()


def test_today_is_filled_in_at_one_press_without_a_script(plan: Plan, staff: Client) -> None:
    page = staff.post(add(plan), {"more": "today", "symptom_tremor": "2", "once": FORM_KEY}).content.decode()
    found = inputs_of(page)
    assert (found["happened_on"], found["once"]) == ("03/02/2026", FORM_KEY)
    assert re.search(r'<input[^>]*name="symptom_tremor"[^>]*value="2"[^>]*checked', page)
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    "rest",
    [
        "check-ins/add/",
        "check-ins/1/correct/",
        "follow-ups/add/",
        "follow-ups/1/edit/",
        "follow-ups/1/settle/",
    ],
)
def test_enter_presses_a_button_that_does_nothing(
    universe: Universe, plan: Plan, staff: Client, rest: str
) -> None:
    check_in(plan, universe.ours)
    add_follow_up(plan, universe.ours)
    page = staff.get(plan_url(plan, rest)).content.decode()
    form = page[page.index("csrfmiddlewaretoken", page.index("<main")) :]
    first = re.search(r"<button\b[^>]*>", form)
    assert first is not None
    assert re.search(r"\bdisabled\b", first[0])
    assert "js/guarded.js" in page


def checked(page: str) -> dict[str, str]:
    """The answer that is ticked to each symptom, if there is one."""
    inputs = [tag for tag in re.findall(r"<input\b[^>]*>", page) if "checked" in tag]
    found = {}
    for tag in inputs:
        name, value = re.search(r'name="(symptom_\w+)"', tag), re.search(r'value="(\w+)"', tag)
        if name and value:
            found[name[1]] = value[1]
    return found


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.key)
def test_a_press_answers_the_rest_of_a_group_with_none_before_anything_is_saved(
    plan: Plan, staff: Client, group: Group
) -> None:
    first, *others = group.symptoms
    sent = {f"symptom_{first.key}": "2", "more": f"rest-{group.key}", "once": FORM_KEY}
    answer = staff.post(add(plan), sent)
    found = checked(answer.content.decode())
    assert found == {f"symptom_{first.key}": "2"} | {
        f"symptom_{one.key}": "0" for one in others if not one.is_danger
    }
    assert not CheckIn.objects.exists()


def test_a_sign_of_danger_is_only_ever_answered_by_itself(plan: Plan, staff: Client) -> None:
    page = staff.get(add(plan)).content.decode()
    asked_for = re.findall(r'value="(rest-\w+)"', page)
    assert asked_for == [f"rest-{group.key}" for group in GROUPS]
    assert not checked(page)
    for more in asked_for:
        found = checked(staff.post(add(plan), {"more": more}).content.decode())
        assert found
        assert not [name for name in found if SYMPTOMS[name.removeprefix("symptom_")].is_danger]
