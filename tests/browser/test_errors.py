"""What somebody sees when it did not work: each page for it says so in words, and is whole."""

from __future__ import annotations

from http import HTTPStatus
from typing import NoReturn

import pytest
from django.core.exceptions import BadRequest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from ..world.universe import Universe
from .checks import check_page
from .fixtures import SignedIn
from .test_accounts import sign_in
from .watch import Watch


def says(page: Page, heading: str, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    check_page(page, name)


def test_an_address_that_is_not_there(page: Page, watch: Watch) -> None:
    watch.expect(HTTPStatus.NOT_FOUND)
    page.goto("/nothing/here/")
    says(page, "Page not found", "404-nobody")


def test_another_clinics_patient_is_not_there(signed_in: SignedIn, universe: Universe, watch: Watch) -> None:
    watch.expect(HTTPStatus.NOT_FOUND)
    page = signed_in(universe.ours.provider)
    page.goto(f"/patients/{universe.theirs.provider.pk}/")
    says(page, "Page not found", "404")


def test_a_page_of_another_role(signed_in: SignedIn, universe: Universe, watch: Watch) -> None:
    watch.expect(HTTPStatus.FORBIDDEN)
    page = signed_in(universe.ours.staff)
    page.goto(reverse("accounts:users"))
    says(page, "Your role does not include this", "403")


def test_a_form_of_another_session(page: Page, universe: Universe, watch: Watch) -> None:
    watch.expect(HTTPStatus.FORBIDDEN)
    page.goto(reverse("account_login"))
    page.context.clear_cookies()
    page.get_by_role("button", name="Sign in").click()
    says(page, "The page was open too long", "403_csrf")


@pytest.mark.parametrize(
    ("error", "status", "heading"),
    [
        (RuntimeError, HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
        (BadRequest, HTTPStatus.BAD_REQUEST, "That request could not be read"),
    ],
)
def test_something_goes_wrong(
    error: type[Exception],
    status: HTTPStatus,
    heading: str,
    signed_in: SignedIn,
    universe: Universe,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **named: object) -> NoReturn:
        raise error

    monkeypatch.setattr("taperplanner.worklist.views.sections_of", fail)
    watch.expect(status)
    page = signed_in(universe.ours.provider)
    page.goto("/")
    says(page, heading, str(status.value))


def test_too_many_questions_about_a_paper(
    page: Page, universe: Universe, watch: Watch, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"handout_code": "1/m/ip"}
    watch.expect(HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.NOT_FOUND)
    for _ in range(2):
        page.goto("/handouts/34679-DFHJK-NPRTV/")
    says(page, "Please wait a minute", "asked_too_often")


def test_too_many_tries(page: Page, universe: Universe, watch: Watch, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    watch.expect(HTTPStatus.TOO_MANY_REQUESTS)
    for _ in range(2):
        sign_in(page, universe.ours.provider.email, "not the password")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_page(page, "429")
