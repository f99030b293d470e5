"""A provider left: their plans are ticked on the worklist and given to a colleague, in a real browser."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.models import Clinic

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.away import second_provider, works_until
from ..world.course import add_follow_up, emergency_of
from ..world.people import build_patient
from ..world.plans import open_plan
from ..world.universe import NOW, Universe

SECTION = "#away-plans"


def test_plans_of_a_provider_who_left_are_ticked_and_given_to_a_colleague(
    signed_in: SignedIn, universe: Universe
) -> None:
    house = universe.ours
    second_provider(house)
    plans = [open_plan(house, build_patient(house, family_name=name)) for name in ("Adams", "Baker", "Clark")]
    emergency_of(plans[1], house)
    add_follow_up(plans[2], house, by=house.staff)
    works_until(house.provider, house, house.clinic.day_of(timezone.now()) - timedelta(days=1))
    page = signed_in(house.staff)
    page.goto("/")
    expect(page.locator(SECTION)).to_contain_text("An emergency is open")
    check_page(page, "worklist-away")
    for name in ("Adams", "Baker"):
        page.locator(SECTION).get_by_label(f"Tick {name}, Test").check()
    page.locator(SECTION).get_by_role("button", name="Give to somebody else").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.get_by_label("Why").fill("Left the clinic on May 1")
    page.get_by_role("button", name="Give what is ticked").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(page.get_by_label("Why")).to_have_value("Left the clinic on May 1")
    check_page(page, "reassign-refused")
    page.get_by_label("To whom").select_option(label="Pablo Provider, NP (provider)")
    page.get_by_role("button", name="Give what is ticked").click()
    expect(page.get_by_text("2 plans and follow-ups were given to Pablo Provider, NP.")).to_be_visible()
    expect(page.locator(SECTION).get_by_role("listitem")).to_have_count(1)
    page.goto(plans[0].get_absolute_url())
    expect(page.locator("#assigned")).to_contain_text("to Pablo Provider, NP")
    check_page(page, "plan-given")


def test_an_emergency_that_nobody_opened_leads_there_from_any_page(
    signed_in: SignedIn, universe: Universe
) -> None:
    house = universe.ours
    clinic = Clinic.objects.get(pk=house.clinic.pk)
    accounts.set_emergency_chain(
        clinic=clinic,
        minutes=5,
        people=[house.provider],
        revision=clinic.revision,
        by=house.manager,
        at=NOW,
    )
    emergency_of(open_plan(house), house)
    page = signed_in(house.provider)
    page.goto("/guidance/")
    expect(page.get_by_role("alert")).to_contain_text("Nobody has opened an emergency")
    check_page(page, "guidance-raised")
    page.get_by_role("alert").get_by_role("link").click()
    page.goto("/guidance/")
    expect(page.get_by_text("Nobody has opened an emergency")).to_have_count(0)
