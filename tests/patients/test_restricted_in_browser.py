"""A nurse at two in the morning: three clicks; and a draft that saves itself."""

from __future__ import annotations

from http import HTTPStatus

from playwright.sync_api import expect

from taperplanner.accounts.permissions import Role
from tests.browser.checks import check_page
from tests.browser.fixtures import SignedIn
from tests.browser.watch import Watch
from tests.world.universe import Universe

from ..world.plans import open_plan, save_draft, typed_schedule
from ..world.restricted import MRN, REASON, another, restrict, restricted


def test_a_nurse_is_in_by_three_clicks(universe: Universe, signed_in: SignedIn, watch: Watch) -> None:
    patient = restricted(universe.ours)
    page = signed_in(universe.ours.staff)
    watch.expect(HTTPStatus.FORBIDDEN)
    page.goto("/patients/")
    page.get_by_label("Name, phone, MRN, date or year of birth").fill(MRN)
    page.get_by_role("button", name="Search").click()
    check_page(page, "patients_index-restricted")
    page.get_by_role("link", name="Open it in an emergency").click()
    check_page(page, "patients_emergency_access")
    page.keyboard.type(REASON)  # the field has the focus
    page.get_by_role("button", name="Open the record now").click()
    expect(page.get_by_text("Emergency access until")).to_be_visible()
    expect(page.get_by_role("link", name=patient.list_name)).to_be_visible()
    check_page(page, "patients_patient-in-an-emergency")
    page.get_by_role("button", name="I am done").click()
    expect(page.get_by_text("Your emergency access was ended.")).to_be_visible()


def test_a_draft_that_saves_itself_says_that_its_record_was_restricted(
    universe: Universe, signed_in: SignedIn, watch: Watch
) -> None:
    house = universe.ours
    plan = open_plan(house)
    save_draft(plan, typed_schedule(), house)
    page = signed_in(another(house, Role.PROVIDER))
    watch.expect(HTTPStatus.FORBIDDEN)
    page.goto(f"{plan.get_absolute_url()}draft/")
    restrict(plan.patient, house)
    days = page.locator("#steps-0-days")
    days.fill("")
    days.press_sequentially("21")
    expect(page.get_by_text("this record was restricted while you worked")).to_be_visible()
    watch.complaints.clear()  # htmx says in the console that it was refused
