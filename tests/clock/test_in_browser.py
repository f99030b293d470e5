"""A clock that cannot be relied on, as a nurse, a provider and a manager see it."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from taperplanner.clock.rule import Source
from tests.browser.checks import check_page
from tests.browser.fixtures import SignedIn
from tests.browser.watch import Watch

from ..world.clock import SENTENCE, clock_differs
from ..world.making import address_of
from ..world.plans import open_plan, save_draft, typed_schedule
from ..world.universe import Universe


def test_the_provider_reads_on_and_the_manager_opens_signing_again(
    universe: Universe, signed_in: SignedIn, watch: Watch
) -> None:
    house = universe.ours
    plan = open_plan(house)
    save_draft(plan, typed_schedule(), house)
    clock_differs(house)
    clock_differs(house, Source.JUMP, -7200)
    provider, manager = signed_in(house.provider), signed_in(house.manager)
    provider.goto(address_of("tapers:draft_sign", plan))
    expect(provider.get_by_text("You cannot sign at the moment")).to_be_visible()
    check_page(provider, "tapers_draft_sign-clock-differs")
    provider.goto(plan.patient.get_absolute_url())
    check_page(provider, "patients_patient-clock-differs")
    manager.goto(reverse("guidance:index"))
    manager.get_by_role("link", name="Look at the clock").click()
    manager.get_by_label("What you found").fill(SENTENCE)
    manager.get_by_role("button", name="I have looked").click()
    expect(manager.get_by_text("agrees, so plans can be signed")).to_be_visible()
    check_page(manager, "clock_differences-looked")
    provider.goto(address_of("tapers:draft_sign", plan))
    expect(provider.get_by_text("You cannot sign at the moment")).to_have_count(0)
