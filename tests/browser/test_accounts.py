"""Signing in and out in a real browser, through the pages themselves."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import Page, expect

from ..world.universe import PASSWORD, Universe
from .checks import check_page
from .fixtures import SignedIn


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_provider_signs_in_and_out(page: Page, universe: Universe) -> None:
    sign_in(page, universe.ours.provider.email)
    expect(page).to_have_url(reverse("worklist:worklist"))
    page.get_by_text("Priya Provider", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(reverse("account_login"))
    page.goto(reverse("patients:index"))
    expect(page).to_have_url(f"{reverse('account_login')}?next={reverse('patients:index')}")


def test_a_wrong_password_is_refused_with_a_sentence(page: Page, universe: Universe) -> None:
    sign_in(page, universe.ours.provider.email, "not the password")
    expect(page.get_by_text("do not match")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value(universe.ours.provider.email)
    check_page(page, "account_login-refused")


def test_a_session_given_by_the_harness_is_a_sign_in(signed_in: SignedIn, universe: Universe) -> None:
    page = signed_in(universe.ours.staff)
    page.goto(reverse("patients:index"))
    expect(page.get_by_text("Sam Staff", exact=True)).to_be_visible()


def test_the_code_is_asked_for_again_before_sign_in_is_changed(
    signed_in: SignedIn, universe: Universe
) -> None:
    """The one page of two-step sign-in that tests/accounts/test_in_browser.py does not pass."""
    TOTP.activate(universe.ours.staff, generate_totp_secret())
    page = signed_in(universe.ours.staff)
    page.goto(reverse("mfa_reauthenticate"))
    check_page(page, "mfa_reauthenticate")
