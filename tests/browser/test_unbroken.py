"""No amount of a page is broken over two lines, measured in a browser at four widths."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.schedule import Form

from ..world.course import record_dispensing_of
from ..world.people import ana, clonazepam_record
from ..world.plans import DETAILS, confirmed_draft, save_draft, sign_plan, start_revision
from ..world.universe import NOW, House, Universe
from .fixtures import SignedIn

WIDTHS: Final = (390, 1024, 1280, 1440)
PAGES: Final = (
    "tapers:plan",
    "tapers:draft_edit",
    "tapers:draft_sign",
    "tapers:product_add",
    "monitoring:progress",
    "patients:patient",
)
# Each number with its unit in the text that is seen, and on how many lines it stands.
MEASURE: Final = r"""() => {
  const amounts = /[\d½¼¾][\d.,½¼¾]*\s+(?:mg\/mL|mg|mL|tablets?|days?|%)(?!\w)/g;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.parentElement.closest("svg, script, style, template, option, .visually-hidden")) continue;
    for (const match of node.data.matchAll(amounts)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size) found.push([match[0], lines.size]);
    }
  }
  return found;
}"""
# The rule that keeps them together, taken out of the page's own style sheet.
BREAK: Final = """() => {
  for (const sheet of document.styleSheets) {
    const at = [...sheet.cssRules].findIndex((rule) => rule.selectorText === ".amount");
    if (at >= 0) sheet.deleteRule(at);
  }
}"""


def hard_draft() -> TypedDraft:
    """Two makers of one strength, a liquid, doses of four decimals, and amounts in a note."""
    note = "Half of the 0.5 mg tablet is 0.25 mg, and 4.125 mL of the liquid is 0.4125 mg, for 14 days"
    return TypedDraft(
        "03/02/2026",
        "stay",
        (
            TypedStep(
                "14",
                "1.4125",
                note,
                {"morning-1": "½", "noon-2": "½", "evening-3": "4.125", "bedtime-1": "1"},
            ),
            TypedStep("14", "1.4125", "", {"morning-1": "1½", "noon-1": "½", "evening-3": "4.125"}),
            TypedStep("7", "0.7125", "", {"morning-1": "½", "evening-3": "2.125", "bedtime-2": "½"}),
        ),
    )


def hard_plan(house: House) -> Plan:
    patient = ana(house)
    record = clonazepam_record(patient, house.provider)
    plan = actions.open_plan(patient=patient, medication=record, details=DETAILS, by=house.provider, at=NOW)
    for form, strength, part, maker in (
        (Form.TABLET, "0.5", "½", "Made Up Labs"),
        (Form.TABLET, "0.5", "½", "Pharmazeutische Fabrik Wolfeschlegelstein"),
        (Form.LIQUID, "0.1", "0.125", ""),
    ):
        details = actions.ProductDetails(form, parse_dose(strength), parse_quantity(part), maker)
        actions.add_product(plan=plan, details=details, by=house.provider, at=NOW)
    return plan


@pytest.fixture
def plan(universe: Universe) -> Plan:
    """A version that is signed and dispensed for, and a revision that could be signed."""
    plan = hard_plan(universe.ours)
    version = sign_plan(plan, universe.ours, hard_draft())
    version.plan = plan
    record_dispensing_of(plan, universe.ours)
    start_revision(version, universe.ours)
    save_draft(plan, confirmed_draft(replace(hard_draft(), base=1, reason="symptoms")), universe.ours)
    return plan


def address(plan: Plan, name: str) -> str:
    of_patient = [plan.patient_id]
    return reverse(name, args=of_patient if name == "patients:patient" else [*of_patient, plan.number])


def measured(page: Page, width: int) -> list[tuple[str, int]]:
    page.set_viewport_size({"width": width, "height": 900})
    return [(re.sub(r"\s", " ", text), lines) for text, lines in page.evaluate(MEASURE)]


@pytest.mark.parametrize("name", PAGES)
def test_no_amount_is_broken_over_two_lines(
    name: str, signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(address(plan, name))
    for width in WIDTHS:
        amounts = measured(page, width)
        assert amounts, "the page shows amounts"
        assert [amount for amount in amounts if amount[1] > 1] == [], f"{name} at {width} pixels"


def test_a_cell_shows_the_whole_of_the_number_that_was_typed(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(address(plan, "tapers:draft_edit"))
    page.locator("#steps-1-dose").fill("1234.12345")
    page.locator("#steps-1-morning-1").fill("1234.125")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        cut = page.evaluate("""() => [...document.querySelectorAll(".cell:not(.cell-note)")]
            .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.value)""")
        assert cut == [], f"cut short at {width} pixels"


def test_amounts_that_come_after_typing_are_not_broken_either(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(address(plan, "tapers:draft_edit"))
    page.locator("#steps-0-dose").fill("1.4124")
    page.get_by_text("the typed daily dose is 1.4124 mg, but the quantities add up to 1.4125 mg").wait_for()
    for width in WIDTHS:
        assert [amount for amount in measured(page, width) if amount[1] > 1] == []


def test_the_measure_finds_an_amount_that_is_broken(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(address(plan, "tapers:plan"))
    page.evaluate(BREAK)
    assert [amount for width in WIDTHS for amount in measured(page, width) if amount[1] > 1]
