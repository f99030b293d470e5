"""A taper is typed with the keyboard alone, and every key is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.tapers.actions import ProductDetails, add_product
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.schedule import Form

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.plan_pages import plan_url
from ..world.plans import long_schedule, open_plan, sign_plan
from ..world.universe import NOW, Universe

# Days, daily dose, and how many tablets of 1 mg, 0.5 mg and 0.25 mg at bedtime.
TWELVE_STEPS: Final = (
    ("14", "2", "2", "", ""),
    ("14", "1.75", "1", "1", "1"),
    ("14", "1.5", "1", "1", ""),
    ("14", "1.25", "1", "", "1"),
    ("14", "1", "1", "", ""),
    ("14", "0.75", "", "1", "1"),
    ("14", "0.5", "", "1", ""),
    ("7", "0.25", "", "", "1"),
    ("7", "0.25", "", "", "1"),
    ("7", "0.125", "", "", "½"),
    ("7", "0.125", "", "", "½"),
    ("7", "0.125", "", "", "½"),
)
MOST_KEYS: Final = 150
STEPS_TO_CONFIRM: Final = 58
TICKED: Final = '#step-rows input[name$="-confirmed"]:checked'


@dataclass
class Keyboard:
    """Counts what is pressed; a letter is one key."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)


@pytest.fixture
def plan(universe: Universe) -> Plan:
    """Of three products: 1 mg, 0.5 mg and 0.25 mg."""
    plan = open_plan(universe.ours)
    details = ProductDetails(Form.ORALLY_DISINTEGRATING, parse_dose("0.25"), parse_quantity("0.5"))
    add_product(plan=plan, details=details, by=universe.ours.provider, at=NOW)
    return plan


def test_twelve_steps_of_three_products_are_typed_in_few_keys(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider, viewport={"width": 1280, "height": 900})
    page.goto(plan_url(plan, "draft/"))
    keyboard = Keyboard(page)
    page.locator("#column-bedtime-1").focus()
    for _ in range(3):
        keyboard.press("Space", "Tab")
    page.locator("#steps-0-days").focus()
    type_rows(keyboard, TWELVE_STEPS)
    expect(page.get_by_text("Saved at")).to_be_visible()
    check_page(page, "draft_edit-twelve-steps")
    shown = page.locator("#step-rows tr[data-row]").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td:not([hidden]) > input.cell')].map(cell => cell.value))"
    )
    assert [tuple(row) for row in shown] == list(TWELVE_STEPS)
    print(keyboard.pressed)
    assert keyboard.pressed <= MOST_KEYS, keyboard.pressed


def test_the_steps_of_a_hold_are_confirmed_one_by_one_with_two_keys_each(
    signed_in: SignedIn, universe: Universe
) -> None:
    """Each is confirmed by itself: no key and no button confirms several."""
    plan = open_plan(universe.ours)
    start = universe.ours.clinic.day_of(timezone.now()) - timedelta(days=3)
    sign_plan(plan, universe.ours, replace(long_schedule(STEPS_TO_CONFIRM), first_day=f"{start:%m/%d/%Y}"))
    page = signed_in(universe.ours.provider, viewport={"width": 1280, "height": 900})
    page.goto(plan_url(plan))
    page.get_by_role("button", name="Hold").click()
    ticks = page.locator('#step-rows input[name$="-confirmed"]')
    expect(ticks).to_have_count(STEPS_TO_CONFIRM)
    page.wait_for_load_state()  # the keys are the script's
    keyboard = Keyboard(page)
    ticks.first.focus()
    for number in range(STEPS_TO_CONFIRM):
        keyboard.press("Space")
        if number == 1:
            assert page.locator(TICKED).count() == 2
        keyboard.press("Enter")
    expect(page.locator(TICKED)).to_have_count(STEPS_TO_CONFIRM)
    assert keyboard.pressed == 2 * STEPS_TO_CONFIRM
    check_page(page, "draft_edit-hold-of-58")


def type_rows(keyboard: Keyboard, rows: Sequence[Sequence[str]]) -> None:
    """Across with Tab as far as something is typed, then Enter; no key after the last."""
    for number, row in enumerate(rows):
        last = max(index for index, text in enumerate(row) if text)
        for text in row[:last]:
            keyboard.type(text)
            keyboard.press("Tab")
        keyboard.type(row[last])
        if number < len(rows) - 1:
            keyboard.press("Enter")
