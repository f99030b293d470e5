"""What was copied from a spreadsheet lands in the cells it was meant for, and one press takes it back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from taperplanner.tapers.draft.typed import TypedDraft, from_json
from taperplanner.tapers.models import Draft, Plan

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..scripts.of_pasted import cells_and_headings_are_told_apart
from ..scripts.stage import Stage
from ..world.plans import open_plan
from ..world.universe import Universe
from .test_main_job import paste


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


def test_where_a_cell_ends_and_which_row_is_headings(stage: Stage) -> None:
    cells_and_headings_are_told_apart(stage)


def test_a_table_with_headings_and_a_cell_of_two_lines_lands_where_it_belongs(
    draft: Page, plan: Plan
) -> None:
    paste(
        draft,
        "#steps-0-days",
        'Days\tDose\tMorning 1 mg\tMorning 0.5 mg\n"14"\t2\t2\t\n7\t0.75\t\t1\u00a0½\n',
    )
    said = draft.get_by_text("8 cells were pasted.")
    expect(said).to_contain_text(
        "The first row was taken for headings and left out: “Days, Dose, Morning 1 mg, Morning 0.5 mg”."
    )
    expect(draft.get_by_text("Saved at")).to_be_visible()
    steps = kept(plan).filled
    assert [(step.days, step.dose, dict(step.quantities)) for step in steps] == [
        ("14", "2", {"morning-1": "2"}),
        ("7", "0.75", {"morning-2": "1 ½"}),
    ]
    expect(draft.locator("#live-1")).to_contain_text("adds up to 0.75 mg")


def test_one_press_undoes_a_paste_and_loses_nothing_that_was_typed(draft: Page, plan: Plan) -> None:
    draft.locator("#steps-0-days").fill("21")
    draft.locator("#steps-1-dose").fill("1.25")
    paste(draft, "#steps-0-days", "14\t2\n14\t1.5\n14\t1\n7\t0.5\n7\t0.25")
    expect(draft.locator("#step-rows tr")).to_have_count(5)
    draft.locator("#steps-2-dose").fill("0.75")
    draft.get_by_role("button", name="Undo the paste").click()
    expect(
        draft.get_by_text("The paste is undone: the cells say again what they said before.")
    ).to_contain_text("What you typed over it since then stays.")
    expect(draft.locator("#step-rows tr")).to_have_count(3)
    expect(draft.get_by_role("button", name="Undo the paste")).to_be_hidden()
    draft.get_by_role("button", name="Save", exact=True).click()
    expect(draft.get_by_text("The draft is saved as you typed it")).to_be_visible()
    assert [(step.days, step.dose) for step in kept(plan).steps] == [("21", ""), ("", "1.25"), ("", "0.75")]


def test_one_cell_goes_in_where_the_cursor_stands(draft: Page) -> None:
    draft.locator("#steps-0-note").fill("Call us")
    paste(draft, "#steps-0-note", " at night, if dizzy, or worse")
    expect(draft.get_by_text("cells were pasted")).to_have_count(0)
    paste(draft, "#steps-0-note", '"Call us.\nThen rest."')
    expect(draft.locator("#steps-0-note")).to_have_value("Call us. Then rest.")


SHEET = (
    "Step\tStart\tEnd\tDose (mg)\tAM 1 mg\tPM tab\n"
    "1\t3/2/2026\t3/15/2026\t2\t2\t\n"
    "2\tMon, Mar 16, 2026\t3/22/26\t1\t\t1\n"
)


def choose(draft: Page, **columns: str) -> None:
    for number, label in columns.items():
        draft.get_by_label(f"Column {number[1:]}", exact=True).select_option(label)


def test_a_sheet_of_dates_is_chosen_from_a_preview_and_its_days_are_typed(draft: Page, plan: Plan) -> None:
    draft.locator("#first_day").fill("3/2/2026")
    paste(draft, "#steps-0-days", SHEET)
    preview = draft.get_by_role("dialog", name="Which column is which?")
    expect(preview.get_by_label("Column 1", exact=True)).to_have_value("leave-out")
    expect(preview.get_by_label("Column 2", exact=True)).to_have_value("sheet_first")
    expect(preview.get_by_label("Column 5", exact=True)).to_have_value("")
    check_page(draft, "paste-preview")
    preview.get_by_role("button", name="Put into the table").click()
    expect(preview.get_by_role("alert")).to_have_text("Choose what column 5 is, or leave it out.")
    choose(draft, c5="Morning, 1 mg", c6="Bedtime, 1 mg")
    expect(preview.get_by_label("Column 6", exact=True)).to_have_value("bedtime-1")
    preview.get_by_role("button", name="Put into the table").press("Enter")
    expect(preview).to_be_hidden()
    expect(draft.get_by_text("Saved at")).to_be_visible()
    assert [(step.days, step.dose, step.sheet_first, step.sheet_last) for step in kept(plan).filled] == [
        ("", "2", "3/2/2026", "3/15/2026"),
        ("", "1", "Mon, Mar 16, 2026", "3/22/26"),
    ]
    assert [dict(step.quantities) for step in kept(plan).filled] == [{"morning-1": "2"}, {"bedtime-1": "1"}]
    expect(draft.get_by_text("Step 1: enter the number of days.")).to_be_visible()

    draft.locator("#steps-0-days").fill("13")
    wrong = "13 days from Mon, Mar 2, 2026 end on Sat, Mar 14, 2026."
    expect(draft.locator("#live-0")).to_contain_text(wrong)
    expect(draft.locator("#steps-0-sheet_last")).to_have_attribute("aria-invalid", "true")
    expect(draft.locator("#live-1")).to_contain_text("The end date in the sheet cannot be read.")
    check_page(draft, "sheet-dates")

    draft.reload()
    expect(draft.locator("#live-0")).to_contain_text(wrong)
    draft.locator("#steps-0-days").fill("14")
    draft.locator("#steps-1-days").fill("7")
    draft.locator("#steps-1-sheet_last").fill("3/22/2026")
    expect(draft.locator("#live-0")).not_to_contain_text("end on")
    expect(draft.locator("#live-1")).to_contain_text("sheet: Mon, Mar 16, 2026 to Sun, Mar 22, 2026")
    expect(draft.locator(".sheet-wrong")).to_have_count(0)


def test_what_was_cancelled_or_taken_back_leaves_the_sheet_out(draft: Page, plan: Plan) -> None:
    draft.locator("#steps-0-days").fill("21")
    paste(draft, "#steps-0-days", SHEET)
    draft.keyboard.press("Escape")
    expect(draft.locator("#steps-0-days")).to_be_focused()
    expect(draft.locator("#steps-0-days")).to_have_value("21")
    paste(draft, "#steps-0-days", SHEET)
    choose(draft, c5="Leave out", c6="Leave out")
    draft.get_by_role("button", name="Put into the table").click()
    expect(draft.locator("#steps-1-dose")).to_have_value("1")
    draft.get_by_role("button", name="Undo the paste").click()
    expect(draft.get_by_role("button", name="Choose the columns")).to_be_hidden()
    draft.get_by_role("button", name="Save", exact=True).click()
    expect(draft.get_by_text("The draft is saved as you typed it")).to_be_visible()
    assert [(step.days, step.dose, step.sheet_first) for step in kept(plan).filled] == [("21", "", "")]


def test_a_long_and_hostile_sheet_is_text_and_loses_nothing(draft: Page, plan: Plan) -> None:
    nasty = ["<script>alert(1)</script>", "=HYPERLINK(1)", '"two\tcells ""quoted"""']
    rows = [f"3/{1 + row % 28}/2026\t2\t{nasty[row % 3]}" for row in range(400)]
    paste(draft, "#steps-0-days", "\n".join(rows))
    expect(draft.get_by_text("The first 5 of 400 rows are shown.")).to_be_visible()
    choose(draft, c1="Start date in the sheet", c2="Daily dose in mg", c3="Note to the patient")
    draft.get_by_role("button", name="Put into the table").click()
    expect(draft.get_by_text("1200 cells were pasted.")).to_be_visible(timeout=60_000)
    expect(draft.get_by_text("Saved at")).to_be_visible(timeout=60_000)
    steps = kept(plan).filled
    assert len(steps) == 400
    assert [step.note for step in steps[:3]] == [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        'two\tcells "quoted"',
    ]
    assert {step.days for step in steps} == {""}
