"""Drops are typed from the labels of their bottle and its dropper, signed and printed, in a real browser."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import expect

from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.plans import open_plan
from ..world.universe import Universe
from .test_main_job import first_day, printed, sign

BOTH = "2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)"
ROWS = (("14", "1.2", "12"), ("14", "0.1", "1"))


def test_drops_are_typed_from_both_labels_signed_and_printed(signed_in: SignedIn, universe: Universe) -> None:
    plan = open_plan(universe.ours)
    page = signed_in(universe.ours.provider)

    page.goto(reverse("tapers:product_add", args=[plan.patient_id, plan.number]))
    page.get_by_label("Another product, typed below").check()
    page.get_by_label("Form, if typed").select_option(label="oral drops")
    page.get_by_label("Strength in mg, if typed").fill("2.5 mg/mL")
    page.get_by_label("Drops: how many of them are one mL?").fill("27")
    page.get_by_role("button", name="Add and go to the draft").click()
    expect(page.get_by_text("does not come out exactly in one drop").first).to_be_visible()
    check_page(page, "product_add-inexact-drop")
    page.get_by_label("Drops: how many of them are one mL?").fill("25")
    page.get_by_role("button", name="Add and go to the draft").click()
    expect(page.get_by_text("One drop holds 0.1 mg (zero point one milligrams).").first).to_be_visible()
    check_page(page, "product_add-drops-read-back")
    page.get_by_label("Yes, both labels say so").check()
    page.get_by_role("button", name="Add and go to the draft").click()
    expect(page.get_by_text(f"{BOTH} oral drops is added.")).to_be_visible()

    page.get_by_label("First day").fill(f"{first_day(universe):%m/%d/%Y}")
    for index, (days, dose, quantity) in enumerate(ROWS):
        page.locator(f"#steps-{index}-days").fill(days)
        page.locator(f"#steps-{index}-dose").fill(dose)
        page.locator(f"#steps-{index}-bedtime-3").fill(quantity)
    page.get_by_label("Stay on the last step").check()
    expect(page.get_by_text("Ready to be read back and signed")).to_be_visible()
    expect(page.get_by_text("Saved at")).to_be_visible()
    check_page(page, "draft_edit-drops")

    page.get_by_role("button", name="Read back and sign").click()
    expect(page.get_by_text("25 (twenty-five) drops in one mL")).to_be_visible()
    expect(page.get_by_text("12 drops (twelve drops)")).to_be_visible()
    check_page(page, "draft_sign-drops")
    page.go_back()
    sign(page)
    expect(page.get_by_text("0.1 mg a drop").first).to_be_visible()
    check_page(page, "plan-drops")

    page.get_by_role("link", name="Print the handout").click()
    page.get_by_role("link", name="See the schedule table as a page").click()
    text = " ".join(printed(page))
    assert re.findall(r"(\d+ drops?) \(([^)]*)\) of (2\.5 mg/mL \([^)]*\))", text) == [
        ("12 drops", "twelve; 0.48 mL", BOTH),
        ("1 drop", "one; 0.04 mL", BOTH),
    ]
    signed = verified_content(Version.objects.select_related("plan").get()).schedule
    assert [product.strength_text for product in signed.products.values()] == [BOTH]
