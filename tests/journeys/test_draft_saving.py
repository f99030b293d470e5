"""Typing is never lost unseen: what the draft page says, and does, while a save is not certain."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.urls import reverse
from playwright.sync_api import Dialog, Page, Route, expect

from taperplanner.accounts.models import Session, User
from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.tapers.actions import ProductDetails, add_product
from taperplanner.tapers.draft.typed import TypedDraft, from_json
from taperplanner.tapers.models import Draft, Plan
from taperplanner.tapers.schedule.schedule import Form

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..browser.watch import Watch
from ..world.plans import long_schedule, open_plan, save_draft, sign_plan, start_revision, typed_schedule
from ..world.universe import NOW, PASSWORD, Universe


@pytest.fixture
def plan(universe: Universe) -> Plan:
    return open_plan(universe.ours)


def draft_of(plan: Plan) -> str:
    return reverse("tapers:draft_edit", args=[plan.patient_id, plan.number])


def kept(plan: Plan) -> TypedDraft:
    return from_json(Draft.objects.get(plan=plan).content)


def type_in(page: Page, cell: str, text: str) -> None:
    """By key, as a person does: a browser asks before leaving only where somebody did something."""
    page.locator(cell).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def fail(page: Page, watch: Watch) -> Callable[[], None]:
    """No save reaches the server any more. Returns what ends that."""
    page.route(
        "**/draft/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )

    def end() -> None:
        page.unroute("**/draft/")
        watch.complaints.clear()  # the browser tells of the requests that failed

    return end


def hold_first_save(page: Page) -> list[Route]:
    """The first save, which reaches the server when it is told to go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held or route.request.method != "POST":
            route.continue_()
        else:
            held.append(route)

    page.route("**/draft/", hold)
    return held


def leave(page: Page) -> list[str]:
    """What is asked when somebody goes elsewhere; they stay."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Patients").first.click()
    page.wait_for_timeout(300)
    return asked


def test_a_conflict_is_said_where_it_is_in_view_and_leaving_is_asked_about(
    signed_in: SignedIn, watch: Watch, universe: Universe, plan: Plan
) -> None:
    watch.expect(HTTPStatus.CONFLICT)
    save_draft(plan, long_schedule(40), universe.ours)
    page = signed_in(universe.ours.provider, viewport={"width": 1280, "height": 720})
    page.goto(draft_of(plan))
    expect(page.locator("#save-state")).to_be_in_viewport()
    save_draft(plan, typed_schedule(), universe.ours, by=universe.ours.staff)
    type_in(page, "#steps-0-days", "21")
    said = page.get_by_text("Not saved: somebody else, Sam Staff, saved this draft")
    expect(said).to_be_in_viewport()
    expect(page.locator("#steps-0-days")).to_be_in_viewport()
    type_in(page, "#steps-0-days", "22")
    page.wait_for_timeout(1000)
    expect(said).to_be_in_viewport()
    assert leave(page) == ["beforeunload"]
    page.get_by_role("button", name="See both").click()
    expect(page.locator("#steps-0-days")).to_have_value("22")
    type_in(page, "#steps-0-days", "23")
    expect(page.get_by_text("Save puts yours in the place of theirs")).to_be_in_viewport()
    page.wait_for_timeout(1000)
    assert kept(plan) == typed_schedule(), "typing alone takes the place of nothing"
    assert leave(page) == ["beforeunload"]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The draft is saved as you typed it")).to_be_visible()
    assert kept(plan).steps[0].days == "23"


def test_leaving_is_asked_about_until_the_save_is_answered(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    waiting = hold_first_save(page)
    type_in(page, "#steps-0-days", "21")
    expect(page.get_by_text("Saving…")).to_be_visible()
    assert leave(page) == ["beforeunload"]
    waiting[0].continue_()
    expect(page.get_by_text("Saved at")).to_be_visible()
    page.get_by_role("link", name="Patients").first.click()
    expect(page).to_have_url(reverse("patients:index"))


def test_nobody_conflicts_with_their_own_save_on_a_slow_line(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    waiting = hold_first_save(page)
    type_in(page, "#steps-0-days", "21")
    expect(page.get_by_text("Saving…")).to_be_visible()
    type_in(page, "#steps-0-dose", "1")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_timeout(300)
    expect(page.get_by_text("Not saved yet"), "the button waits for the save before it").to_be_visible()
    waiting[0].continue_()
    expect(page.get_by_text("The draft is saved as you typed it")).to_be_visible()
    assert (kept(plan).steps[0].days, kept(plan).steps[0].dose) == ("21", "1")


def test_what_is_typed_after_signing_out_is_saved_after_signing_in_elsewhere(
    signed_in: SignedIn, watch: Watch, universe: Universe, plan: Plan
) -> None:
    watch.expect(HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    Session.objects.all().delete()
    type_in(page, "#steps-0-days", "21")
    expect(page.get_by_text("Not saved: you were signed out.")).to_be_in_viewport()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#steps-0-days")).to_have_value("21")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    sign_in(opened.value, universe.ours.provider)
    page.bring_to_front()
    type_in(page, "#steps-0-dose", "1")
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert (kept(plan).steps[0].days, kept(plan).steps[0].dose) == ("21", "1")
    watch.complaints.clear()  # the browser tells of the answers that were refused


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("E-mail").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)


def test_what_one_typed_is_not_saved_in_the_name_of_another(
    signed_in: SignedIn, watch: Watch, universe: Universe, plan: Plan
) -> None:
    watch.expect(HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    Session.objects.all().delete()
    type_in(page, "#steps-0-days", "21")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    sign_in(opened.value, universe.ours.staff)
    type_in(page, "#steps-0-dose", "1")
    expect(page.get_by_text("Not saved: you may not change this draft")).to_be_visible()
    expect(page.locator("#steps-0-days")).to_have_value("21")
    assert kept(plan).filled == ()
    watch.complaints.clear()


def test_a_save_that_failed_is_tried_again_without_another_key(
    signed_in: SignedIn, watch: Watch, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    end = fail(page, watch)
    type_in(page, "#steps-0-days", "21")
    expect(page.get_by_text("Not saved: the server cannot be reached")).to_be_in_viewport()
    assert leave(page) == ["beforeunload"]
    end()
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=10_000)
    end = fail(page, watch)
    type_in(page, "#steps-0-days", "22")
    expect(page.get_by_text("Not saved: the server cannot be reached")).to_be_visible()
    end()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=1500)
    assert kept(plan).steps[0].days == "22"
    watch.complaints.clear()


def test_at_the_idle_limit_the_page_goes_without_asking(
    signed_in: SignedIn, watch: Watch, universe: Universe, plan: Plan
) -> None:
    page = signed_in(universe.ours.provider)
    page.clock.install()
    page.goto(draft_of(plan))
    fail(page, watch)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    type_in(page, "#steps-0-days", "21")
    page.clock.run_for(1000)
    expect(page.get_by_text("Not saved: the server cannot be reached")).to_be_visible()
    Session.objects.all().delete()
    page.clock.fast_forward(17 * 60_000)
    page.clock.run_for(2000)
    expect(page).to_have_url(re.compile("/account/login/"))
    assert asked == []
    watch.complaints.clear()


def test_ticks_and_their_marks_are_what_the_server_has(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    start_revision(sign_plan(plan, universe.ours), universe.ours)
    page = signed_in(universe.ours.provider)
    page.goto(draft_of(plan))
    tick = page.locator("#steps-0-confirmed")
    label = page.locator("label.confirm").first
    tick.check()
    expect(page.get_by_text("Saved at")).to_be_visible()
    expect(page.locator('#draft-check [data-cell="steps-0-confirmed"]')).to_have_count(0)
    assert "is-wrong" not in (label.get_attribute("class") or "").split()
    page.get_by_label("First day").fill("03/23/2026")
    tick.check()
    expect(page.get_by_text("The confirmations were cleared, because the first day changed")).to_be_visible()
    expect(tick).not_to_be_checked()
    assert "is-wrong" in (label.get_attribute("class") or "").split()
    tick.check()
    expect(page.locator('#draft-check [data-cell="steps-0-confirmed"]')).to_have_count(0)
    expect(tick).to_be_checked()
    assert kept(plan).steps[0].confirmed


def test_with_many_products_only_the_table_scrolls_and_its_ends_stay(
    signed_in: SignedIn, universe: Universe, plan: Plan
) -> None:
    for strength in ("2", "0.125", "0.25"):
        details = ProductDetails(Form.ORALLY_DISINTEGRATING, parse_dose(strength), parse_quantity("1"))
        add_product(plan=plan, details=details, by=universe.ours.provider, at=NOW)
    save_draft(plan, typed_schedule(), universe.ours)
    page = signed_in(universe.ours.provider, viewport={"width": 1280, "height": 800})
    page.goto(draft_of(plan))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.locator("#steps-0-days").scroll_into_view_if_needed()
    for cell in ("#live-0", "#steps-0-days", "#steps-0-dose"):
        expect(page.locator(cell)).to_be_in_viewport(ratio=0.9)
    page.locator(".step-table-frame").evaluate("frame => { frame.scrollLeft = 600; }")
    for cell in ("#live-0", "#steps-0-days", "#steps-0-dose"):
        expect(page.locator(cell)).to_be_in_viewport(ratio=0.9)
        assert page.locator(cell).evaluate(
            "cell => { const box = cell.getBoundingClientRect();"
            " return cell.contains(document.elementFromPoint(box.x + box.width / 2, box.y + 10)); }"
        ), "nothing lies over it"
    check_page(page, "draft_edit-many-products")
