"""A liquid is typed from the label of its bottle, signed and printed, in a real browser."""

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

BOTH = "2 mg/5 mL (0.4 mg/mL)"
ROWS = (("14", "1.2", "3"), ("14", "1", "2.5"))


def test_a_liquid_is_typed_from_its_label_signed_and_printed(signed_in: SignedIn, universe: Universe) -> None:
    plan = open_plan(universe.ours)
    page = signed_in(universe.ours.provider)

    page.goto(reverse("tapers:product_add", args=[plan.patient_id, plan.number]))
    page.get_by_label("Another product, typed below").check()
    page.get_by_label("Form, if typed").select_option(label="oral liquid")
    page.get_by_label("Strength in mg, if typed").fill("2 mg/3 mL")
    page.get_by_label("A liquid: the smallest amount").fill("0.1")
    page.get_by_role("button", name="Add and go to the draft").click()
    expect(page.get_by_text("does not come out exactly in one mL").first).to_be_visible()
    check_page(page, "product_add-inexact")
    page.get_by_label("Strength in mg, if typed").fill("2 mg/5 mL")
    page.get_by_role("button", name="Add and go to the draft").click()
    expect(page.get_by_text(f"{BOTH} oral liquid is added.")).to_be_visible()

    page.get_by_label("First day").fill(f"{first_day(universe):%m/%d/%Y}")
    for index, (days, dose, quantity) in enumerate(ROWS):
        page.locator(f"#steps-{index}-days").fill(days)
        page.locator(f"#steps-{index}-dose").fill(dose)
        page.locator(f"#steps-{index}-bedtime-3").fill(quantity)
    page.get_by_label("Stay on the last step").check()
    expect(page.get_by_text("Ready to be read back and signed")).to_be_visible()
    expect(page.get_by_text("Saved at")).to_be_visible()
    check_page(page, "draft_edit-labelled")

    page.get_by_role("button", name="Read back and sign").click()
    expect(page.get_by_text("(two milligrams in five mL)")).to_be_visible()
    expect(page.get_by_text("(zero point four milligrams) in one mL")).to_be_visible()
    check_page(page, "draft_sign-labelled")
    page.go_back()
    sign(page)
    expect(page.get_by_text(BOTH).first).to_be_visible()
    check_page(page, "plan-labelled")

    page.get_by_role("link", name="Print the handout").click()
    page.get_by_role("link", name="See the schedule table as a page").click()
    text = " ".join(printed(page))
    assert re.findall(r"([\d.]+ mL) \([^)]*\) of (2 mg/5 mL \(0\.4 mg/mL\))", text) == [
        ("3 mL", BOTH),
        ("2.5 mL", BOTH),
    ]
    signed = verified_content(Version.objects.select_related("plan").get()).schedule
    assert [product.strength_text for product in signed.products.values()] == [BOTH]
