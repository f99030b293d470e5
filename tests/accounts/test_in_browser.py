"""The pages of this room in a real browser: read by axe at both widths, and used by hand."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from playwright.sync_api import Page, expect

from taperplanner.accounts import actions
from taperplanner.accounts.middleware import SEEN_AT
from taperplanner.accounts.models import Session, User

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..browser.watch import Watch
from ..world.universe import PASSWORD, Universe

TWO_STEP = "/account/two-step/"
MINUTE = 60_000


@pytest.fixture
def manager(signed_in: SignedIn, universe: Universe) -> Page:
    return signed_in(universe.ours.manager)


@pytest.fixture
def staff(universe: Universe) -> User:
    return universe.ours.staff


def test_the_managers_pages_can_be_read_by_everybody(manager: Page, universe: Universe, staff: User) -> None:
    actions.deactivate_user(user=universe.ours.provider, by=universe.ours.manager, at=timezone.now())
    person, gone = (f"/clinic/users/{user.pk}" for user in (staff, universe.ours.provider))
    for address, name in {
        "/clinic/": "clinic",
        "/clinic/users/": "users",
        "/clinic/users/add/": "user_add",
        f"{person}/edit/": "user_edit",
        f"{gone}/edit/": "user_edit-deactivated",
        f"{person}/deactivate/": "user_deactivate",
        f"{gone}/reactivate/": "user_reactivate",
        f"{person}/password-link/": "user_password_link",
        f"{person}/reset/": "user_reset",
        f"{person}/access/": "user_access",
        "/account/access/": "access",
        "/account/access/confirm/": "access_confirm",
        "/clinic/audit/": "audit",
        "/clinic/audit/?first_day=13/13/2026": "audit-wrong",
        "/clinic/audit/?patient=nobody": "audit-empty",
    }.items():
        manager.goto(address)
        check_page(manager, name)


def test_a_refused_form_can_be_read_by_everybody(manager: Page) -> None:
    manager.goto("/clinic/")
    manager.get_by_label("Name of the clinic").fill("")
    manager.get_by_label("minutes of inactivity").fill("soon")
    manager.get_by_role("button", name="Save settings").click()
    expect(manager.get_by_text("Enter the clinic's name.", exact=True)).to_be_visible()
    expect(manager.get_by_label("minutes of inactivity")).to_have_value("soon")
    check_page(manager, "clinic-wrong")
    manager.goto("/clinic/users/add/")
    manager.get_by_role("button", name="Add this person").click()
    check_page(manager, "user_add-wrong")


def test_a_conflict_can_be_read_by_everybody(
    manager: Page, universe: Universe, staff: User, watch: Watch
) -> None:
    manager.goto(f"/clinic/users/{staff.pk}/edit/")
    actions.edit_user(
        user=staff, revision=1, email=staff.email, name="Samuel Staff", credentials="RN",
        roles=staff.roles, by=universe.ours.manager, at=timezone.now(),
    )  # fmt: skip
    manager.get_by_label("Name").fill("Samantha Staff")
    watch.expect(HTTPStatus.CONFLICT)
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_role("cell", name="Samuel Staff")).to_be_visible()
    check_page(manager, "user_edit-conflict")


def test_somebody_is_added_and_sets_their_password_with_the_link(manager: Page, page: Page) -> None:
    manager.goto("/clinic/users/add/")
    manager.get_by_label("Name").fill("Nora New")
    manager.get_by_label("E-mail address").fill("nora@riverside.example")
    manager.get_by_label("Provider: writes and signs plans").check()
    manager.get_by_role("button", name="Add this person").click()
    manager.get_by_role("button", name="Make the link").click()
    shown = manager.get_by_label("Give them this link")
    manager.get_by_role("button", name="Copy the link").click()
    expect(manager.get_by_role("button", name="Copied")).to_be_visible()
    check_page(manager, "user_password_link-shown")
    page.goto(shown.input_value())
    check_page(page, "set_password")
    for label in ("Password", "Repeat the password"):
        page.get_by_label(label, exact=False).first.fill("short")
    page.get_by_role("button", name="Set password").click()
    check_page(page, "set_password-wrong")
    page.locator("#id_password1").fill("four quiet words here")
    page.locator("#id_password2").fill("four quiet words here")
    page.get_by_role("button", name="Set password").click()
    expect(page).to_have_url("/")
    expect(page.get_by_text("You cannot sign or check before")).to_be_visible()
    check_page(page, "worklist-of-somebody-new")
    page.get_by_role("navigation").get_by_text("Nora New", exact=True).first.click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(shown.input_value())
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    check_page(page, "set_password-dead")
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill("nora@riverside.example")
    page.get_by_label("Password").fill("four quiet words here")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url("/")


def test_two_step_sign_in_is_turned_on_and_used(signed_in: SignedIn, page: Page, staff: User) -> None:
    own = signed_in(staff)
    own.goto(TWO_STEP)
    check_page(own, "two_step-off")
    own.get_by_role("link", name="Turn it on").click()
    check_page(own, "reauthenticate")
    own.get_by_label("Your password").fill(PASSWORD)
    own.get_by_role("button", name="Continue").click()
    secret = own.get_by_label("Or type this secret").input_value()
    check_page(own, "two_step-activate")
    own.get_by_label("The six digits").fill(code_of(secret))
    own.get_by_role("button", name="Turn on").click()
    expect(own.get_by_role("heading", name="Recovery codes")).to_be_visible()
    check_page(own, "recovery_codes")
    code = own.locator("main li").first.inner_text()
    for address in (TWO_STEP, f"{TWO_STEP}totp/deactivate/", f"{TWO_STEP}recovery-codes/generate/"):
        own.goto(address)
        check_page(own, "two_step" + address.removeprefix(TWO_STEP).replace("/", "-"))
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(staff.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    check_page(page, "two_step-authenticate-wrong")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url("/")


def test_whoever_does_nothing_is_warned_and_then_the_page_goes(manager: Page) -> None:
    manager.clock.install()
    manager.goto("/clinic/users/")
    warning = manager.get_by_role("alert")
    manager.clock.run_for(13.9 * MINUTE)
    expect(warning).to_have_count(0)
    manager.clock.run_for(0.2 * MINUTE)
    expect(warning).to_contain_text("signed out in a minute")
    check_page(manager, "idle-warning")
    # One stroke of a key is work: the warning goes, and the server is told.
    with manager.expect_response(lambda answer: answer.url.endswith("/account/still-here/")):
        manager.keyboard.press("Shift")
    expect(warning).to_have_count(0)
    manager.clock.run_for(13 * MINUTE)
    expect(warning).to_have_count(0)
    grow_idle(minutes=20)
    manager.clock.run_for(3 * MINUTE)
    expect(manager).to_have_url("/account/login/?next=%2Fclinic%2Fusers%2F")
    expect(manager.get_by_text("You were signed out because you were inactive")).to_be_visible()


def test_work_in_one_tab_keeps_the_other_from_going(manager: Page) -> None:
    manager.clock.install()
    manager.goto("/clinic/users/")
    manager.clock.run_for(14.5 * MINUTE)
    expect(manager.get_by_role("alert")).to_have_count(1)
    other = manager.context.new_page()
    other.goto("/clinic/")
    manager.evaluate("localStorage.setItem('active-at', Date.now())")
    manager.clock.run_for(2000)
    expect(manager.get_by_role("alert")).to_have_count(0)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def grow_idle(minutes: int) -> None:
    """As the server would see it after so long."""
    for row in Session.objects.all():
        session = row.get_decoded()
        session[SEEN_AT] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
        row.session_data = Session.objects.encode(session)
        row.save()
