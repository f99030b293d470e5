"""A copy is printed, the plan is revised, and the copy is called back, in a real browser."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from taperplanner.handouts.models import PrintedHandout
from taperplanner.tapers.draft.typed import from_json

from ..browser.checks import check_page
from ..browser.fixtures import NewContext, SignedIn
from ..world.plans import confirmed_draft, sign_plan, signed_version, start_revision
from ..world.universe import Universe


def test_a_copy_is_printed_replaced_asked_about_and_collected(
    signed_in: SignedIn, new_context: NewContext, universe: Universe
) -> None:
    version = signed_version(universe.ours)
    page = signed_in(universe.ours.staff)
    page.goto(version.plan.get_absolute_url())
    page.get_by_role("link", name="Print the handout").click()
    expect(page.get_by_alt_text("Preview of page 1 of")).to_be_visible()
    page.get_by_label("Day calendar, a month a page").check()
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_label("Day calendar, a month a page")).to_be_checked()
    check_page(page, "handout_print-calendar")
    assert not PrintedHandout.objects.exists()

    address = f"{version.get_absolute_url()}handout/print/"
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    key = page.locator("main input[name=once]").first.input_value()
    choice = {"layout": "schedule", "size": "regular", "language": "en", "how": "page", "once": key}
    page.request.post(address, form={**choice, "csrfmiddlewaretoken": token}, headers={"Referer": page.url})
    copy = PrintedHandout.objects.get()
    page.goto(f"{version.get_absolute_url()}handout/copies/1/")
    page.emulate_media(media="print")
    content = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("SCREENSHOTS", ""):
        Path(folder, "copy-printed.pdf").write_bytes(content)
    sheets = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in PdfReader(io.BytesIO(content)).pages]
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "Ana Rivera, born March 2, 1980, MRN A-1001" in sheet
    assert copy.written_code in " ".join(sheets)

    sign_plan(
        version.plan,
        universe.ours,
        confirmed_draft(from_json(start_revision(version, universe.ours).content)),
    )
    phone = new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"/handouts/{copy.written_code}/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("March 20, 2026")
    check_page(phone, "copy_state-replaced")

    page.emulate_media(media="screen")
    page.goto(version.plan.get_absolute_url())
    expect(page.get_by_text("Stale since Friday, March 20, 2026.")).to_be_visible()
    expect(page.get_by_text("Still out.")).to_be_visible()
    check_page(page, "plan-stale-copy")
    page.set_viewport_size({"width": 1280, "height": 400})  # so that the banner could cover what is jumped to
    page.get_by_role("button", name="Collected: version 1, copy 1").click()
    expect(page.get_by_text("Copy 1 of version 1: noted.")).to_be_visible()
    heading = page.get_by_role("heading", name="Printed copies")
    expect(heading).to_be_in_viewport()
    assert heading.evaluate("""heading => {
        const { left, top } = heading.getBoundingClientRect();
        return document.elementFromPoint(left + 1, top + 1) === heading;
    }"""), "the banner covers it"
    expect(page.get_by_text("Still out.")).not_to_be_visible()
