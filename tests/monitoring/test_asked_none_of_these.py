"""“Asked: none of these”: what is left open in a block is none, and a sign of danger never is."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from taperplanner.monitoring.check_ins.blocks import BLOCKS, DANGER, Block, none_by_block
from taperplanner.monitoring.models import CheckIn, Emergency
from taperplanner.monitoring.symptoms import GROUPS, SYMPTOMS
from taperplanner.tapers.models import Plan

from ..world.course import FORM_KEY
from ..world.plan_pages import plan_url
from ..world.universe import Universe

SENT = {"happened_on": "03/02/2026", "contact": "phone", "rows": "3", "once": FORM_KEY}
ONE_QUESTION = [block for block in BLOCKS if block.is_one_question]


def add(plan: Plan) -> str:
    return plan_url(plan, "check-ins/add/")


def recorded() -> dict[str, int]:
    return dict(CheckIn.objects.get().ratings.values_list("symptom", "severity"))


def boxes(page: str) -> list[str]:
    return re.findall(r'type="checkbox" name="(none_of_\w+)"', page)


def test_each_symptom_is_asked_in_one_block_the_signs_of_danger_first() -> None:
    assert sorted(one.key for block in BLOCKS for one in block.symptoms) == sorted(SYMPTOMS)
    assert BLOCKS[0] == DANGER
    assert {one.key for one in DANGER.symptoms} == {key for key, one in SYMPTOMS.items() if one.is_danger}
    assert [block.key for block in ONE_QUESTION] == [group.key for group in GROUPS]


@pytest.mark.parametrize("block", ONE_QUESTION, ids=lambda block: block.key)
def test_a_tick_answers_what_is_left_open_in_its_block_and_nothing_else(
    plan: Plan, staff: Client, block: Block
) -> None:
    first, *others = block.symptoms
    staff.post(add(plan), {**SENT, f"symptom_{first.key}": "2", block.none_of: "on"})
    assert recorded() == {first.key: 2} | {one.key: 0 for one in others}


def test_without_a_tick_what_is_left_open_was_not_asked(plan: Plan, staff: Client) -> None:
    staff.post(add(plan), {**SENT, "symptom_tremor": "1"})
    assert recorded() == {"tremor": 1}


def test_every_tick_together_answers_no_sign_of_danger(plan: Plan, staff: Client) -> None:
    """A box that the page does not have is sent too."""
    page = staff.get(add(plan)).content.decode()
    assert boxes(page) == [block.none_of for block in ONE_QUESTION]
    staff.post(add(plan), SENT | {block.none_of: "on" for block in BLOCKS})
    assert recorded() == {key: 0 for key, one in SYMPTOMS.items() if not one.is_danger}


def test_a_block_that_held_one_sign_of_danger_would_have_no_such_answer() -> None:
    """The negative control: the groups as the list has them, in which signs of danger stand among the others."""
    as_listed = [Block(group.key, group.title, group.symptoms) for group in GROUPS]
    assert {block.key for block in as_listed if block.is_one_question} == {"senses", "sleep"}
    answered = none_by_block({block.none_of for block in as_listed}, as_listed)
    assert [one.key for one in answered] == ["senses", "unreal", "restless", "insomnia", "nightmares"]


def test_a_sign_of_danger_is_an_emergency_whatever_is_ticked(plan: Plan, staff: Client) -> None:
    staff.post(add(plan), {**SENT, "symptom_seizure": "1"} | {block.none_of: "on" for block in BLOCKS})
    assert Emergency.objects.get().signs == ["seizure"]
    assert recorded()["seizure"] == 1


@pytest.mark.parametrize(
    "sent", [{**SENT, "happened_on": ""}, {**SENT, "more": "rows"}], ids=["wrong", "again"]
)
def test_a_tick_is_kept_on_a_page_that_comes_back_and_can_be_taken_back(
    plan: Plan, staff: Client, sent: dict[str, str]
) -> None:
    page = staff.post(add(plan), {**sent, "none_of_sleep": "on"}).content.decode()
    ticked = [tag for tag in re.findall(r"<input\b[^>]*>", page) if "none_of_" in tag and "checked" in tag]
    assert boxes(" ".join(ticked)) == ["none_of_sleep"]
    assert not re.search(r'name="symptom_insomnia"[^>]*value="0"[^>]*checked', page)
    assert not CheckIn.objects.exists()
    staff.post(add(plan), SENT)
    assert recorded() == {}


def test_a_correction_begins_with_no_tick_and_answers_only_what_is_ticked(
    plan: Plan, staff: Client, universe: Universe
) -> None:
    staff.post(add(plan), {**SENT, "symptom_insomnia": "2"})
    address = plan_url(plan, "check-ins/1/correct/")
    page = staff.get(address).content.decode()
    assert not [tag for tag in re.findall(r"<input\b[^>]*>", page) if "none_of_" in tag and "checked" in tag]
    staff.post(
        address,
        {
            **SENT,
            "once": FORM_KEY[::-1],
            "why_corrected": "Nightmares were asked.",
            "symptom_insomnia": "2",
            "none_of_sleep": "on",
        },
    )
    corrected = CheckIn.objects.get(number=2)
    assert dict(corrected.ratings.values_list("symptom", "severity")) == {"insomnia": 2, "nightmares": 0}
