"""A nurse hears of a danger sign on the phone: help is on the screen first, and nothing about it is lost."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Dialog, Page, expect

from taperplanner.monitoring.models import CheckIn, Emergency, FollowUp
from taperplanner.tapers.models import Plan

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.course import add_follow_up
from ..world.plan_pages import plan_url
from ..world.plans import signed_version
from ..world.universe import Universe


def open_form(signed_in: SignedIn, universe: Universe, plan: Plan) -> Page:
    page = signed_in(universe.ours.staff)
    page.goto(plan_url(plan, "check-ins/add/"))
    return page


def tick(page: Page, name: str, value: str) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def shown_help(page: Page) -> list[str]:
    return [one.inner_text() for one in page.locator(".act-now").all() if one.is_visible()]


def test_a_danger_sign_with_the_date_left_out_is_one_emergency_and_one_check_in(
    signed_in: SignedIn, universe: Universe
) -> None:
    plan = signed_version(universe.ours).plan
    page = open_form(signed_in, universe, plan)
    assert shown_help(page) == []
    check_page(page, "check_in_add-empty")

    tick(page, "symptom_suicidal_thoughts", "1")  # nothing is sent
    (text,) = shown_help(page)
    assert text.startswith("Call or text 988, or call 911, now.")
    tick(page, "symptom_suicidal_thoughts", "0")
    assert shown_help(page) == []
    tick(page, "symptom_seizure", "2")
    (text,) = shown_help(page)
    assert text.startswith("Call 911.")
    expect(page.locator(".act-now:visible a[href='tel:911']")).to_be_visible()
    check_page(page, "check_in_add-danger")

    page.get_by_label("Phone", exact=True).check()
    page.get_by_role("button", name="Save the check-in").click()
    panel = page.get_by_role("alert").filter(has_text="Emergency: act now")
    expect(panel).to_be_in_viewport()
    expect(panel).to_contain_text("This emergency is recorded, by Sam Staff, RN")
    expect(page.get_by_text("Enter the date, for example 11/23/2026.", exact=True)).to_be_visible()
    assert Emergency.objects.get().signs == ["seizure"]
    assert not CheckIn.objects.exists()
    check_page(page, "check_in_add-refused-with-danger")

    page.get_by_role("button", name="Today, ").click()
    assert not CheckIn.objects.exists()
    page.get_by_role("button", name="Save the check-in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check-in on")
    expect(page.get_by_role("heading", name="Emergency: act now")).to_have_count(1)
    assert Emergency.objects.with_plan().get().recorded_in == CheckIn.objects.get()
    check_page(page, "check_in-emergency")
    page.get_by_role("link", name="Progress of plan 1").click()
    check_page(page, "progress-emergency")


def test_enter_saves_nothing_and_a_half_typed_form_is_not_left_unasked(
    signed_in: SignedIn, universe: Universe
) -> None:
    plan = signed_version(universe.ours).plan
    page = open_form(signed_in, universe, plan)
    page.route("**/check-ins/draft/", lambda route: route.fulfill(status=204))  # nothing is kept as a draft
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    tick(page, "contact", "phone")
    page.get_by_label("Date of the contact").fill(f"{universe.ours.clinic.day_of(plan.opened_at):%m/%d/%Y}")
    page.get_by_label("Date of the contact").press("Enter")
    page.get_by_label("Pulse").evaluate("field => field.closest('details').open = true")
    page.get_by_label("Pulse").fill("80")
    page.get_by_label("Pulse").press("Enter")
    page.wait_for_timeout(300)
    assert not CheckIn.objects.exists()
    page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Pulse")).to_have_value("80")
    page.get_by_role("button", name="Save the check-in").click()
    expect(page.get_by_text("The check-in was saved.")).to_be_visible()
    assert asked == ["beforeunload"]

    page.goto(plan_url(plan, "follow-ups/add/"))
    page.get_by_label("What for").fill("Call about sleep")
    page.get_by_label("What for").press("Enter")
    page.wait_for_timeout(300)
    assert not FollowUp.objects.exists()
    expect(page.get_by_label("What for")).to_have_value("Call about sleep")
    check_page(page, "follow_up_add-typed")
    page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] * 2


def test_today_is_one_press_and_a_sentence_says_which_follow_up_is_closed(
    signed_in: SignedIn, universe: Universe
) -> None:
    plan = signed_version(universe.ours).plan
    add_follow_up(plan, universe.ours, universe.ours.clinic.day_of(plan.opened_at) + timedelta(days=4000))
    page = open_form(signed_in, universe, plan)
    button = page.get_by_role("button", name="Today, ")
    button.click()
    expect(page.get_by_label("Date of the contact")).to_have_value(str(button.get_attribute("data-today")))
    closing = page.locator("[data-closing]")
    expect(closing).to_have_text("Saving this closes no follow-up.")
    page.get_by_label("Which follow-up is done by this").select_option("1")
    expect(closing).to_contain_text("Saving this closes as done: Phone call: sleep and mood, due ")
    page.get_by_label("Which follow-up is done by this").select_option("")
    expect(closing).to_have_text("Saving this closes no follow-up.")
