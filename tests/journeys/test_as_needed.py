"""A rescue dose is typed beside a published taper, signed, printed, and its use recorded, in a real browser."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from taperplanner.monitoring.models import CheckIn
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.needed import WHEN
from ..world.plans import open_plan, save_draft, typed_schedule
from ..world.universe import PASSWORD, Universe
from .test_main_job import first_day, printed


def test_a_rescue_dose_is_typed_signed_printed_and_its_use_recorded(
    signed_in: SignedIn, universe: Universe
) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(f"{first_day(universe):%m/%d/%Y}"), universe.ours)
    page = signed_in(universe.ours.provider)
    page.goto(reverse("tapers:draft_edit", args=[plan.patient_id, plan.number]))
    page.get_by_text("A dose as needed, beside the schedule").click()
    page.locator("#needed-product").select_option(label="clonazepam 0.5 mg tablet")
    page.get_by_label("How much at one time").fill("½")
    page.get_by_label("mg at one time").fill("0.5")
    page.get_by_label("Times on one day, at most").fill("2")
    page.get_by_label("When it may be taken").fill(WHEN)
    expect(page.get_by_text("the typed dose of one time is 0.5 mg, but ½ tablet")).to_be_visible()
    expect(page.locator("#needed-dose")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("mg at one time").fill("0.25")
    expect(page.get_by_text("At most 2 times on one day: 0.5 mg in all.")).to_be_visible()
    expect(page.get_by_text("Ready to be read back and signed")).to_be_visible()
    expect(page.get_by_text("Saved at")).to_be_visible()
    check_page(page, "draft_edit-as-needed")

    page.get_by_role("button", name="Read back and sign").click()
    expect(page.get_by_text("(zero point two five milligrams) each time")).to_be_visible()
    check_page(page, "draft_sign-as-needed")
    page.get_by_label("As needed: a dose beside the schedule").fill(
        "Agreed with her, and talked about each time."
    )
    page.get_by_label("The patient's date of birth").fill("3/2/1980")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign this schedule").click()
    expect(page.get_by_text("Signed as version 1.")).to_be_visible()
    check_page(page, "plan-as-needed")
    needed = verified_content(Version.objects.select_related("plan").get()).schedule.as_needed
    assert needed is not None
    assert (str(needed.dose), needed.times_a_day, needed.when) == ("0.25 mg", 2, WHEN)

    page.get_by_role("link", name="Print the handout").click()
    page.get_by_role("link", name="See the schedule table as a page").click()
    text = " ".join(printed(page))
    assert "Only if needed ½ tablet (half a tablet) of 0.5 mg, 0.25 mg each time" in text
    assert "No more than 2 times in one day. This is extra." in text

    page.emulate_media(media="screen")
    page.goto(reverse("monitoring:check_in_add", args=[plan.patient_id, plan.number]))
    assert page.locator("#id_as_needed_times").count() == 0, (
        "it has not begun, so there is nothing to ask about"
    )
    assert not CheckIn.objects.exists()
