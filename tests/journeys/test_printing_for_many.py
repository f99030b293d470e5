"""Plans are ticked on the worklist and printed for many patients, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from taperplanner.tapers.models import Plan

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.people import answer_all, build_patient
from ..world.plans import open_plan, sign_plan, typed_schedule
from ..world.universe import House, Universe


def beginning_in(days: int, name: str, house: House) -> Plan:
    """Signed, and its first step begins so many days from now."""
    patient = build_patient(house, family_name=name)
    answer_all(patient, by=house.provider)
    plan = open_plan(house, patient)
    first = house.clinic.day_of(timezone.now()) + timedelta(days=days)
    sign_plan(plan, house, typed_schedule(f"{first:%m/%d/%Y}"))
    return plan


@pytest.mark.parametrize("button", [0, 1], ids=["of the first section", "of the second"])
def test_ticks_in_two_sections_arrive_together(signed_in: SignedIn, universe: Universe, button: int) -> None:
    beginning_in(0, "Today", universe.ours)
    beginning_in(3, "Later", universe.ours)
    page = signed_in(universe.ours.staff)
    page.goto("/")
    for name in ("Today", "Later"):
        page.get_by_label(f"Tick {name}, Test").first.check()
    page.get_by_role("button", name="Print their handouts").nth(button).click()
    expect(page.get_by_role("group", name="Patients").get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_label("Test Today")).to_be_checked()
    expect(page.get_by_label("Test Later")).to_be_checked()
    check_page(page, "batch_add-picked")
