"""Of the forms of check-ins and follow-ups: what is chosen beforehand, today's date, and Enter."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from taperplanner.monitoring.check_ins.blocks import BLOCKS, DANGER
from taperplanner.monitoring.models import CheckIn
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


def test_a_fold_stays_open_when_it_holds_something_or_something_wrong(plan: Plan, staff: Client) -> None:
    sent = {"contact": "phone", "rows": "3", "phq9_total": "99", "gad7_2": "1", "once": FORM_KEY}
    page = staff.post(add(plan), sent).content.decode()
    folds = re.findall(r'<details class="fold"\s*(open)?\s*>\s*<summary>\s*<h2>([^<]+)</h2>', page)
    is_open = {title: bool(opened) for opened, title in folds}
    assert is_open.pop("PHQ-9, item by item or as a total")
    assert is_open.pop("GAD-7, item by item or as a total")
    assert is_open == {
        "Typed in from a down-time form": False,
        "CIWA-B and BWSQ, totals only": False,
        "Blood pressure and pulse": False,
        "What was really taken": False,
        "Alcohol, opioids, other substances and new medicines": False,
    }


def blocks_of(page: str) -> dict[str, bool]:
    """Which blocks of symptoms are open."""
    found = re.findall(r'<details class="fold block-fold"\s*(open)?\s*>\s*<summary>\s*<h3>([^<]+)</h3>', page)
    return {title: bool(opened) for opened, title in found}


def test_blocks_fold_to_a_line_and_what_is_wrong_opens_its_own(plan: Plan, staff: Client) -> None:
    titles = [block.title for block in BLOCKS if block.is_one_question]
    assert blocks_of(staff.get(add(plan)).content.decode()) == dict.fromkeys(titles, False)
    sent = {"contact": "phone", "rows": "3", "symptom_tremor": "2", "symptom_fall": "9", "once": FORM_KEY}
    page = staff.post(add(plan), sent).content.decode()
    assert blocks_of(page) == dict.fromkeys(titles, False) | {"Body": True}


def test_signs_of_danger_stand_in_no_fold(plan: Plan, staff: Client) -> None:
    page = staff.get(add(plan)).content.decode()
    before = page[page.index("check-in-form") : page.index('id="symptoms-danger"')]
    assert before.count("<details") == before.count("</details>")
    danger = page[page.index('id="symptoms-danger"') : page.index('id="symptoms-withdrawal"')]
    assert "<details" not in danger
    assert re.findall(r'name="(symptom_\w+)"[^>]*value="0"', danger) == [
        f"symptom_{symptom.key}" for symptom in DANGER.symptoms
    ]


def test_what_is_taken_now_stands_outside_of_every_fold(plan: Plan, staff: Client) -> None:
    page = staff.get(add(plan)).content.decode()
    before = page[page.index("check-in-form") : page.index('class="taken-now"')]
    assert before.count("<details") == before.count("</details>")
