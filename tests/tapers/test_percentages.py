"""A percentage beside a step is plain arithmetic, and each page that shows one says so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from taperplanner.tapers.models import Plan

from ..world.plan_pages import plan_url
from ..world.plans import save_draft, sign_plan, start_revision, typed_schedule
from ..world.universe import Universe

pytestmark = pytest.mark.usefixtures("now")

SAYS = (
    "A change and its percentage are plain arithmetic on the doses that were typed. They recommend nothing."
)
CHANGE = re.compile(r"(?:up|down)\s[\d.]+\s(?:mg|mcg|mL)\s\((?:about\s)?[\d.]+\s%\)")
OF_A_SIGNED_PLAN = ("", "versions/1/", "draft/", "draft/sign/", "progress/", "check-ins/add/")


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize("below", ["draft/", "draft/sign/"])
def test_a_draft_with_a_percentage_says_what_it_is(
    universe: Universe, provider: Client, plan: Plan, below: str
) -> None:
    save_draft(plan, typed_schedule(), universe.ours)
    page = text(provider, plan_url(plan, below))
    assert CHANGE.search(page)
    assert SAYS in page


def test_each_page_of_a_signed_plan_with_a_percentage_says_what_it_is(
    universe: Universe, provider: Client, plan: Plan
) -> None:
    start_revision(sign_plan(plan, universe.ours), universe.ours)
    pages = {below: text(provider, plan_url(plan, below)) for below in OF_A_SIGNED_PLAN}
    with_percentage = {below for below, page in pages.items() if CHANGE.search(page)}
    assert with_percentage >= {"", "versions/1/"}
    assert [below for below in with_percentage if SAYS not in pages[below]] == []
