"""Passkeys in a real browser, with Chromium's own authenticator that answers at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from taperplanner.accounts.models import Confirmation, User
from taperplanner.audit.models import Event
from taperplanner.tapers.models import Version, VersionCheck

from ..world.plan_pages import DATE_OF_BIRTH, plan_url
from ..world.plans import NARDI, open_plan, save_draft, signed_version, typed_schedule
from ..world.universe import Universe, checker
from .checks import check_page
from .fixtures import NewContext
from .test_accounts import sign_in

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def own(request: pytest.FixtureRequest, new_context: NewContext, live_server: LiveServer) -> Page:
    """At the name that passkeys need, with an authenticator in the machine."""
    named = live_server.url.replace("127.0.0.1", "localhost")
    page = new_context(base_url=named, viewport=request.param).new_page()
    plug_in(page)
    return page


def plug_in(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def enrol(page: Page, user: User) -> None:
    sign_in(page, user.email)
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("A name for it").fill("Own phone")
    page.get_by_role("button", name="Make the passkey").press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_is_added_named_used_to_sign_in_and_removed(own: Page, universe: Universe) -> None:
    staff = universe.ours.staff
    sign_in(own, staff.email)
    own.goto(reverse("mfa_add_webauthn"))
    check_page(own, "mfa_add_webauthn")
    own.get_by_role("button", name="Make the passkey").click()
    expect(own.get_by_text("The passkey is added.")).to_be_visible()
    own.goto(reverse("mfa_index"))
    check_page(own, "mfa_index-passkey")
    own.get_by_role("link", name="Rename").click()
    check_page(own, "mfa_edit_webauthn")
    own.get_by_label("A name for it").fill("Key on my ring")
    own.get_by_role("button", name="Save the name").click()
    expect(own.locator("bdi", has_text="Key on my ring")).to_be_visible()
    check_page(own, "mfa_list_webauthn")
    own.goto(reverse("mfa_reauthenticate_webauthn") + "?next=" + reverse("mfa_index"))
    check_page(own, "mfa_reauthenticate_webauthn")
    own.get_by_role("button", name="Use your passkey").click()
    expect(own).to_have_url(reverse("mfa_index"))
    own.goto(reverse("account_logout"))
    own.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(own, staff.email)
    expect(own.get_by_role("heading", name="The second step")).to_be_visible()
    check_page(own, "mfa_authenticate-passkey")
    own.get_by_role("button", name="Use your passkey").press("Enter")
    expect(own.get_by_text("Sam Staff", exact=True)).to_be_visible()
    own.goto(reverse("mfa_list_webauthn"))
    own.get_by_role("link", name="Remove").click()
    check_page(own, "mfa_remove_webauthn")
    own.get_by_role("button", name="Remove it").click()
    expect(own.get_by_text("The passkey is removed.")).to_be_visible()
    wanted = {"user.passkey_added", "user.passkey_renamed", "user.passkey_removed"}
    assert set(Event.objects.filter(action__contains="passkey").values_list("action", flat=True)) == wanted


def test_a_plan_is_signed_with_a_passkey_and_the_keyboard(own: Page, universe: Universe) -> None:
    provider = universe.ours.provider
    enrol(own, provider)
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    own.goto(plan_url(plan, "draft/sign/"))
    check_page(own, "draft_sign-passkey")
    button = own.get_by_role("button", name="Sign with your passkey")
    button.press("Enter")
    expect(own.get_by_text("Type the patient's date of birth.", exact=True)).to_be_visible()
    reasons = own.locator("textarea[name^=reason-]")
    for index in range(reasons.count()):
        reasons.nth(index).fill("Synthetic example")
    own.get_by_label("The patient's date of birth").fill(DATE_OF_BIRTH)
    button.press("Enter")
    expect(own.get_by_text("Signed as version 1.")).to_be_visible()
    assert Confirmation.objects.get().content_hash == Version.objects.get().content_hash
    assert Confirmation.objects.get().method == "passkey"


def test_a_version_is_checked_with_a_passkey(own: Page, universe: Universe) -> None:
    version, user = signed_version(universe.ours), checker(universe.ours)
    enrol(own, user)
    own.goto(f"{version.get_absolute_url()}check/")
    check_page(own, "version_check-passkey")
    for number, row in enumerate(NARDI, 1):
        own.locator(f"[name=dose-{number}]").fill(row[1])
    own.get_by_role("button", name="Compare, with your passkey").press("Enter")
    expect(own.get_by_role("status")).to_contain_text("Every daily dose agrees.")
    assert VersionCheck.objects.get().agrees


def test_a_browser_without_passkeys_says_so(own: Page, universe: Universe) -> None:
    own.add_init_script("delete window.PublicKeyCredential")
    sign_in(own, universe.ours.staff.email)
    own.goto(reverse("mfa_add_webauthn"))
    expect(own.get_by_text("This browser has no passkeys here.")).to_be_visible()
    expect(own.get_by_role("button", name="Make the passkey")).to_be_hidden()
    check_page(own, "mfa_add_webauthn-none")
