"""Two plans on one paper, printed, asked about and called back, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from taperplanner.handouts.models import PrintedHandout
from taperplanner.tapers.draft.typed import from_json

from ..browser.checks import check_page
from ..browser.fixtures import NewContext, SignedIn
from ..world.joint_papers import two_versions
from ..world.plans import confirmed_draft, sign_plan, start_revision
from ..world.universe import Universe


def test_two_plans_are_printed_on_one_paper_that_one_of_them_puts_out_of_date(
    signed_in: SignedIn, new_context: NewContext, universe: Universe
) -> None:
    clonazepam, diazepam = two_versions(universe.ours)
    page = signed_in(universe.ours.staff)
    page.goto(f"{clonazepam.get_absolute_url()}handout/print/")
    expect(page.get_by_text("This is the paper of plan 1 alone.")).to_be_visible()
    check_page(page, "handout_print-another_plan")
    page.goto(clonazepam.plan.patient.get_absolute_url())
    page.get_by_role("link", name="Print one handout of all open plans").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Print one handout of all open plans")
    expect(page.get_by_alt_text("Preview of page 1 of")).to_be_visible()
    page.get_by_label("Large print (20 point)").check()
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_label("Large print (20 point)")).to_be_checked()
    expect(page.get_by_alt_text("Preview of page 1 of")).to_be_visible()
    check_page(page, "patient_handout_print")
    assert not PrintedHandout.objects.exists()

    address = page.url.partition("?")[0]
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    key = page.locator("main input[name=once]").first.input_value()
    sent = {"layout": "schedule", "size": "regular", "language": "en", "once": key}
    for _ in range(2):  # pressed twice: one copy
        answer = page.request.post(
            address, form={**sent, "csrfmiddlewaretoken": token}, headers={"Referer": page.url}
        )
        assert answer.headers["content-type"] == "application/pdf"
    copy = PrintedHandout.objects.get()
    assert len(copy.versions) == 2

    draft = start_revision(diazepam, universe.ours)
    sign_plan(diazepam.plan, universe.ours, confirmed_draft(from_json(draft.content)))
    phone = new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"/handouts/{copy.written_code}/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("March 20, 2026")
    check_page(phone, "copy_state-joint")

    page.goto(clonazepam.plan.get_absolute_url())
    line = "Plan 1, version 1, and plan 2, version 1, copy 1"
    expect(page.get_by_role("link", name=line)).to_be_visible()
    check_page(page, "plan-joint-copy")
    page.get_by_role("button", name=re.compile("^Collected: plan 1, version 1, and plan 2")).click()
    expect(page.get_by_text("Copy 1 of plan 1, version 1, and plan 2, version 1: noted.")).to_be_visible()
