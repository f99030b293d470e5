"""The end of a published taper, by alternate days and then by weekday, typed in one row for each step, in a real browser.

It comes down to 0.5 and 0.25 mg on alternate days, and to fewer days of the week with a dose.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from taperplanner.tapers.draft.typed import TypedDraft, from_json
from taperplanner.tapers.models import Draft, Plan

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.plans import open_plan
from ..world.universe import Universe
from .test_main_job import first_day
from .test_pasting import paste


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


@pytest.fixture
def draft(signed_in: SignedIn, universe: Universe, plan: Plan) -> Page:
    page = signed_in(universe.ours.provider)
    page.goto(reverse("tapers:draft_edit", args=[plan.patient_id, plan.number]))
    return page


def kept(plan: Plan) -> TypedDraft:
    return from_json(Draft.objects.get(plan=plan).content)


def fill(page: Page, name: str, text: str) -> None:
    page.locator(f"#steps-{name}").fill(text)


def test_the_alternate_day_end_of_a_taper_is_typed_in_a_row_for_each_step(
    draft: Page, plan: Plan, universe: Universe
) -> None:
    draft.get_by_label("First day").fill(f"{first_day(universe):%m/%d/%Y}")
    for key, text in (("days", "28"), ("dose", "0.5"), ("bedtime-2", "1")):
        fill(draft, f"0-{key}", text)
    draft.get_by_role("button", name="Alternate days in step 1").click()
    expect(draft.locator("#steps-0-day2-dose")).to_be_focused()
    expect(draft.locator("#steps-0-day2-dose")).to_have_value("")
    fill(draft, "0-day2-dose", "0.25")
    expect(draft.locator("#live-0-day2")).to_contain_text("then every 2 days")
    fill(draft, "0-day2-bedtime-2", "1")
    expect(draft.locator("#live-0-day2")).to_contain_text("adds up to 0.5 mg: not the typed dose")
    expect(draft.locator("#steps-0-day2-dose")).to_have_class("cell cell-dose is-wrong")
    fill(draft, "0-day2-bedtime-2", "½")
    expect(draft.locator("#live-0-day2")).not_to_contain_text("not the typed dose")

    for key, text in (("days", "28"), ("dose", "0.25"), ("bedtime-2", "½")):
        fill(draft, f"1-{key}", text)
    draft.get_by_role("button", name="Alternate days in step 2").click()
    draft.get_by_role("group", name="Days of the pattern of step 2").get_by_role(
        "button", name="By weekday"
    ).click()
    expect(draft.get_by_role("rowheader", name="Sunday")).to_be_visible()
    draft.locator("#steps-1-dose").focus()
    for number, dose in enumerate(("0", "0.25", "0", "0.25", "0", "0"), 2):
        draft.keyboard.press("ArrowDown")
        expect(draft.locator(f"#steps-1-day{number}-dose")).to_be_focused()
        draft.keyboard.type(dose)
        if dose != "0":
            fill(draft, f"1-day{number}-bedtime-2", "½")
            draft.locator(f"#steps-1-day{number}-dose").focus()
    draft.get_by_label("Stop after the last step").check()
    expect(draft.get_by_text("Ready to be read back and signed")).to_be_visible()
    expect(draft.get_by_text("Saved at")).to_be_visible()
    expect(draft.locator("#live-1")).to_contain_text("down 3.75 mg in 14 days")
    check_page(draft, "draft_edit-pattern")
    steps = kept(plan).filled
    assert [[day.dose for day in step.each_day] for step in steps] == [
        ["0.5", "0.25"],
        ["0.25", "0", "0.25", "0", "0.25", "0", "0"],
    ]


def test_every_day_alike_again_loses_nothing_that_was_typed(draft: Page, plan: Plan) -> None:
    for key, text in (("days", "28"), ("dose", "0.5"), ("bedtime-2", "1")):
        fill(draft, f"0-{key}", text)
    draft.get_by_role("button", name="Alternate days in step 1").click()
    fill(draft, "0-day2-dose", "0.25")
    draft.get_by_role("button", name="Every day alike again in step 1").click()
    expect(draft.locator("#steps-0-dose")).to_be_focused()
    expect(draft.locator("input.cell[name^='steps-0-day2']")).to_have_count(0)
    draft.get_by_role("button", name="Put the pattern of step 1 back").click()
    expect(draft.locator("#steps-0-day2-dose")).to_have_value("0.25")
    fill(draft, "0-day2-bedtime-2", "1")
    draft.get_by_label("First day").fill("3/2/2126")
    expect(draft.locator("#live-0-day2")).to_contain_text("Sun, Mar 3, 2126")
    expect(draft.locator("#live-0-day2")).to_contain_text("not the typed dose")
    check_page(draft, "draft_edit-pattern-disagrees")


def test_rows_of_a_spreadsheet_go_over_no_pattern(draft: Page, plan: Plan) -> None:
    fill(draft, "1-dose", "0.5")
    draft.get_by_role("button", name="Alternate days in step 2").click()
    fill(draft, "1-day2-dose", "0.25")
    for cell in ("#steps-1-day2-dose", "#steps-1-days", "#steps-0-days"):
        paste(draft, cell, "14\t2\n7\t1\n7\t0.5")
        expect(draft.get_by_text("Nothing was pasted: step 2 repeats a pattern of days")).to_be_visible()
    draft.get_by_role("button", name="Save", exact=True).click()
    expect(draft.get_by_text("The draft is saved as you typed it")).to_be_visible()
    assert [step.dose for step in kept(plan).steps] == ["", "0.5", ""]
    paste(draft, "#steps-2-days", "14\t2\n7\t1")
    expect(draft.get_by_text("4 cells were pasted.")).to_be_visible()
    expect(draft.get_by_text("Saved at")).to_be_visible()
    check_page(draft, "draft_edit-pattern-pasted")
