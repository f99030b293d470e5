"""From an empty medication list to the paper in the patient's hand, in a real browser."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from taperplanner.days import in_words
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.signed.content import verified_content

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..browser.watch import Watch
from ..world.people import ana, build_patient
from ..world.plans import NARDI, open_plan, save_draft, typed_schedule
from ..world.universe import PASSWORD, Universe

COLUMNS = ("days", "dose", "morning-1", "bedtime-1", "morning-2", "bedtime-2")


def printed(page: Page) -> list[str]:
    """The text of each page as the browser prints it, once its script has put the head on each sheet."""
    page.wait_for_load_state("load")
    page.emulate_media(media="print")
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in pages]


def first_day(universe: Universe) -> date:
    return universe.ours.clinic.day_of(timezone.now()) + timedelta(days=7)


def sign(page: Page) -> None:
    page.get_by_role("button", name="Read back and sign").click()
    page.get_by_label("The patient's date of birth").fill("3/2/1980")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign this schedule").click()
    expect(page.get_by_text("Signed as version 1.")).to_be_visible()


def test_the_published_schedule_is_typed_signed_and_printed(signed_in: SignedIn, universe: Universe) -> None:
    patient = ana(universe.ours)
    page = signed_in(universe.ours.provider)

    page.goto(reverse("patients:medication_add", args=[patient.pk]))
    page.locator("#id_name").fill("Klonopin")
    page.get_by_label("Strength").fill("0.5 mg and 1 mg tablets")
    page.get_by_label("Regularly").check()
    page.locator("main form button.btn-primary").click()

    page.goto(reverse("tapers:plan_add", args=[patient.pk]))
    page.get_by_label("Medicine of this plan").select_option(index=1)
    page.get_by_label("Discontinue").check()
    page.get_by_label("Why the dose is changed").fill("Taken every day for years")
    check_page(page, "plan_add-filled")
    page.get_by_role("button", name="Open the plan").click()

    page.get_by_label("1 mg tablet", exact=True).check()
    page.get_by_label("Whole tablets only").check()
    page.get_by_role("button", name="Add and add another").click()
    page.get_by_label("0.5 mg tablet", exact=True).check()
    page.get_by_label("Halves").check()
    page.get_by_role("button", name="Add and go to the draft").click()

    start = first_day(universe)
    page.get_by_label("First day").fill(f"{start:%m/%d/%Y}")
    for index, row in enumerate(NARDI):
        if index >= 3:
            page.get_by_role("button", name="Add a step").click()
        for column, text in zip(COLUMNS, row, strict=True):
            page.locator(f"#steps-{index}-{column}").fill(text)
    page.get_by_label("Stop after the last step").check()
    expect(page.get_by_text("Ready to be read back and signed")).to_be_visible()
    expect(page.get_by_text("Saved at")).to_be_visible()
    check_page(page, "draft_edit-filled")

    page.get_by_role("button", name="Read back and sign").click()
    check_page(page, "draft_sign-ready")
    page.go_back()
    sign(page)
    check_page(page, "plan-signed")

    page.get_by_role("link", name="Print the handout").click()
    page.get_by_role("link", name="See the schedule table as a page").click()
    sheets = printed(page)
    text = " ".join(sheets)
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "Ana Rivera, born March 2, 1980, MRN A-1001" in sheet
        assert "Version 1, signed by Priya Provider, MD" in sheet
    day = start
    for number, (days, dose, *_) in enumerate(NARDI, 1):
        last = day + timedelta(days=int(days) - 1)
        span = f"{'Start here:' if number == 1 else 'From'} {in_words(day)} to {in_words(last)}"
        assert f"Step {number} {span} {days} days, {dose} mg in all each day" in text
        day = last + timedelta(days=1)
    assert f"STOP on {in_words(day)}" in text
    assert sorted(re.findall(r"(\d*½|\d+) tablets? \(", text)) == sorted(
        cell for row in NARDI for cell in row[2:] if cell
    )
    doses_typed = {row[1] for row in NARDI} | {"1", "0.5"}
    assert set(re.findall(r"([\d.]+) mg", text)) == doses_typed, "and no other dose"
    assert verified_content(
        Version.objects.select_related("plan").get()
    ).schedule.last_day == day - timedelta(days=1)


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


def draft_of(plan: Plan) -> str:
    return reverse("tapers:draft_edit", args=[plan.patient_id, plan.number])


def paste(page: Page, cell: str, text: str) -> None:
    page.locator(cell).focus()
    page.evaluate(
        """([cell, text]) => {
             const data = new DataTransfer();
             data.setData("text/plain", text);
             document.querySelector(cell).dispatchEvent(
               new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
           }""",
        [cell, text],
    )


def test_rows_from_a_spreadsheet_land_in_the_cells_to_be_checked(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    rows = [f"{days}\t{dose}\t{m1}\t{m2}\t\t\t\t\t{b1}\t{b2}" for days, dose, m1, b1, m2, b2 in NARDI]
    paste(page, "#steps-0-days", "\r\n".join([*rows, "7\t0,5\t\t1,0"]))
    expect(page.get_by_text("Check each against your spreadsheet")).to_be_visible()
    expect(page.get_by_text("Use a point, not a comma").first).to_be_visible()
    expect(page.get_by_text(re.compile("Saved at"))).to_be_visible()
    kept = from_json(Draft.objects.get(plan=plan).content).filled
    assert [(step.days, step.dose) for step in kept] == [*((row[0], row[1]) for row in NARDI), ("7", "0,5")]
    assert kept[6].quantities == {"morning-2": "1,0"}
    assert page.locator("#steps-6-dose").get_attribute("aria-invalid") == "true"


def test_the_step_table_is_worked_with_the_keyboard_alone(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    page.locator("#steps-0-days").focus()
    page.keyboard.type("14")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#steps-3-dose")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#steps-2-days")).to_be_focused()
    expect(page.get_by_text("Saved at")).to_be_visible()
    kept = from_json(Draft.objects.get(plan=plan).content)
    assert [(step.days, step.dose) for step in kept.filled] == [("14", "2"), ("", "1")]


def test_without_javascript_a_draft_is_typed_saved_and_signed(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider, java_script_enabled=False)
    page.goto(draft_of(plan))
    page.get_by_label("First day").fill(f"{first_day(universe):%m/%d/%Y}")
    for column, text in zip(COLUMNS, NARDI[0], strict=True):
        page.locator(f"#steps-0-{column}").fill(text)
    page.get_by_label("Stay on the last step until reviewed").check()
    page.get_by_role("button", name="Add a step").click()
    expect(page.locator("#step-rows tr")).to_have_count(4)
    page.get_by_role("button", name="Remove step 4").click()
    sign(page)


def test_the_second_tab_to_save_keeps_its_text_and_overwrites_nothing(
    signed_in: SignedIn, watch: Watch, universe: Universe, plan: Plan
) -> None:
    watch.expect(HTTPStatus.CONFLICT)
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    save_draft(plan, typed_schedule(), universe.ours)
    page.locator("#steps-0-days").fill("21")
    expect(page.get_by_text("Not saved: you saved this draft in another window")).to_be_visible()
    page.get_by_role("button", name="See both").click()
    expect(page.get_by_text("Yours is not saved yet")).to_be_visible()
    expect(page.locator("#steps-0-days")).to_have_value("21")
    check_page(page, "draft_edit-conflict")
    assert from_json(Draft.objects.get(plan=plan).content) == typed_schedule()


def test_a_draft_says_when_it_is_not_saved(
    signed_in: SignedIn, watch: Watch, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    page.route(
        "**/draft/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.locator("#steps-0-days").fill("21")
    expect(page.get_by_text("Not saved: the server cannot be reached")).to_be_visible()
    assert watch.complaints, "the browser tells of the request that failed"
    watch.complaints.clear()
    page.unroute("**/draft/")
    page.locator("#steps-0-dose").fill("1")
    expect(page.get_by_text("Saved at")).to_be_visible()


def test_two_patients_in_two_tabs_stay_apart(signed_in: SignedIn, universe: Universe, plan: Plan) -> None:
    other = build_patient(universe.ours, given_name="Bea", family_name="Boone")
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    second = page.context.new_page()
    second.goto(reverse("patients:patient", args=[other.pk]))
    page.locator("#steps-0-days").fill("21")
    expect(page.get_by_text("Saved at")).to_be_visible()
    expect(page.get_by_label("Patient", exact=True)).to_contain_text("Rivera, Ana")
    expect(second.get_by_label("Patient", exact=True)).to_contain_text("Boone, Bea")
    assert from_json(Draft.objects.get(plan=plan).content).steps[0].days == "21"


def test_each_page_of_a_drafts_preview_says_draft(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    save_draft(plan, typed_schedule(f"{first_day(universe):%m/%d/%Y}"), universe.ours)
    page = signed_in(universe.ours.provider)
    page.goto(reverse("handouts:draft_preview", args=[plan.patient_id, plan.number]))
    check_page(page, "draft_preview-open")
    sheets = printed(page)
    assert len(sheets) > 1
    assert all("DRAFT: not signed, not for the patient" in sheet for sheet in sheets)
    assert not any("signed by" in sheet for sheet in sheets)
