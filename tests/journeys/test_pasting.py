"""What was copied from a spreadsheet lands in the cells it was meant for, and one press takes it back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from taperplanner.tapers.draft.typed import TypedDraft, from_json
from taperplanner.tapers.models import Draft, Plan

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
