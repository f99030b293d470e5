"""Signing a draft with many warnings of one kind: one reason answers those that the provider ticks, and no other."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import time_machine
from django.test import Client

from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Draft, Plan, Version

from ..world.plan_pages import plan_url, posted_signature
from ..world.plans import TODAY, long_schedule, open_plan, save_draft
from ..world.universe import NOW, Universe

SHARED = "shared-reason-rise"
REASON = "The evening dose goes back up on alternate weeks"


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def plan(universe: Universe) -> Plan:
    """Steps 3, 5 and 7 are more than the steps before them."""
    plan = open_plan(universe.ours)
    save_draft(plan, long_schedule(7), universe.ours)
    return plan


@pytest.fixture
def provider(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


def keys(plan: Plan) -> list[str]:
    checked = check_draft(plan, from_json(Draft.objects.get(plan=plan).content), today=TODAY)
    return [problem.key for problem in checked.warnings if problem.code == "rise"]


def ticked(*chosen: str) -> dict[str, str]:
    return {f"shares-{key}": "on" for key in chosen}


def sign(provider: Client, plan: Plan, **answers: str) -> str:
    answer = provider.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **answers), follow=True)
    return answer.content.decode()


def test_no_warning_is_ticked_before_somebody_ticks_it(provider: Client, plan: Plan) -> None:
    page = provider.get(plan_url(plan, "draft/sign/")).content.decode()
    ticks = re.findall(r'<input[^>]*name="shares-rise-\d[^>]*>', page)
    assert len(ticks) == 3
    assert not [tick for tick in ticks if "checked" in tick]
    assert "3 warnings of one kind" in page


def test_one_reason_answers_each_warning_that_is_ticked(provider: Client, plan: Plan) -> None:
    sign(provider, plan, **ticked(*keys(plan)), **{SHARED: REASON})
    acknowledged = plan.versions.get().acknowledgements
    assert [(said["code"], said["step"], said["reason"]) for said in acknowledged] == [
        ("rise", step, REASON) for step in (3, 5, 7)
    ]


def test_a_warning_that_is_not_ticked_needs_a_reason_of_its_own(provider: Client, plan: Plan) -> None:
    first, second, third = keys(plan)
    page = sign(provider, plan, **ticked(first, second), **{SHARED: REASON})
    assert (
        page.count("Tick this for the one reason below, write a reason of its own, or go back") == 2
    )  # and at the top
    assert REASON in page
    assert not Version.objects.exists()
    sign(provider, plan, **ticked(first, second), **{SHARED: REASON, f"reason-{third}": "A hard week"})
    reasons = [said["reason"] for said in plan.versions.get().acknowledgements]
    assert reasons == [REASON, REASON, "A hard week"]


@pytest.mark.parametrize(
    ("which", "answers", "said"),
    [
        ("all", {}, "Write the reason for the warnings that are ticked, or untick them."),
        ("all", {SHARED: "  "}, "Write the reason for the warnings that are ticked, or untick them."),
        ("none", {SHARED: REASON}, "Tick each warning that this reason answers, or take it out."),
        (
            "all",
            {SHARED: REASON, "own": "Its own"},
            "Untick this warning, or take out the reason of its own.",
        ),
        ("none", {}, "Tick this for the one reason below"),
    ],
    ids=["no reason", "only spaces", "no tick", "two reasons", "nothing"],
)
def test_what_is_half_answered_is_not_signed(
    provider: Client, plan: Plan, which: str, answers: dict[str, str], said: str
) -> None:
    chosen = keys(plan) if which == "all" else []
    own = {f"reason-{keys(plan)[0]}": answers["own"]} if "own" in answers else {}
    rest = {name: text for name, text in answers.items() if name != "own"}
    page = sign(provider, plan, **ticked(*chosen), **rest, **own)
    assert said in page
    assert not Version.objects.exists()


def test_a_tick_is_not_taken_for_a_warning_that_changed_after_it_was_read(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    read = ticked(*keys(plan))
    draft = long_schedule(7)
    more = replace(draft.steps[2], dose="2", quantities={"morning-2": "2", "bedtime-2": "2"})
    save_draft(plan, replace(draft, steps=(*draft.steps[:2], more, *draft.steps[3:])), universe.ours)
    page = sign(provider, plan, **read, **{SHARED: REASON})
    assert page.count("Tick this for the one reason below") == 2  # and at the top
    assert not Version.objects.exists()


def test_one_warning_of_its_kind_is_asked_for_its_reason_as_before(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    save_draft(plan, long_schedule(3), universe.ours)
    page = provider.get(plan_url(plan, "draft/sign/")).content.decode()
    assert SHARED not in page
    assert page.count('name="reason-rise-3-') == 1
