"""Pages for typing begin in their first field, and come back with the cursor on what is wrong."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from ..world.universe import Universe
from .checks import check_page
from .fixtures import SignedIn


def test_a_page_for_typing_begins_in_its_first_field(signed_in: SignedIn, universe: Universe) -> None:
    page = signed_in(universe.ours.staff)
    page.goto(reverse("patients:patient_add"))
    expect(page.get_by_label("Given name")).to_be_focused()


def test_a_page_that_comes_back_begins_at_what_is_wrong_and_leads_there(
    signed_in: SignedIn, universe: Universe
) -> None:
    page = signed_in(universe.ours.staff)
    page.goto(reverse("patients:patient_add"))
    page.get_by_role("button", name="Add the patient").click()
    summary = page.get_by_role("alert", name="There are problems")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Add a patient · Taper Planner")
    check_page(page, "patient_add-faults")
    summary.get_by_role("link", name="Date of birth").click()
    expect(page.get_by_label("Date of birth")).to_be_focused()
