"""Debian's Chromium, driven by Playwright, with everything it complains of collected.

Any test may use these: `page` is a browser in which nobody is signed in, `signed_in(user)` one in
which somebody is. Addresses are relative to the live server.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from taperplanner.accounts.models import User

from .chromium import ARGUMENTS, PROGRAMS
from .watch import Watch

NO_CHROMIUM: Final = "No Chromium was found. Install the system's package chromium, or name it in CHROMIUM."
# A day that is not the clinic's: every date on a page comes from the server.
CONTEXT: Final[dict[str, Any]] = {
    "timezone_id": "Pacific/Auckland",
    "locale": "en-US",
    "reduced_motion": "reduce",
}
AT_ONCE: Final = 2  # browsers, however many cores there are

NewContext = Callable[..., BrowserContext]
SignedIn = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that opens a browser, and deal them out to as many workers as may have one."""
    groups = cycle(range(AT_ONCE))
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(f"browser-{next(groups)}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django takes any query for one inside it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def find_chromium() -> str:
    """Its path. Without one the test is skipped; in CI, where it must be there, the test fails."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, PROGRAMS)]
    path = next(filter(None, found), None)
    if path is None and os.environ.get("CI", "").lower() == "true":
        pytest.fail(NO_CHROMIUM, pytrace=False)
    if path is None:
        pytest.skip(NO_CHROMIUM)
    return path


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test at its end if a browser complained of anything."""
    watch = Watch()
    yield watch
    watch.assert_clean()


@pytest.fixture
def new_context(browser: Browser, watch: Watch, live_server: LiveServer) -> Iterator[NewContext]:
    """Open a browser of its own, with its own cookies. Options are Playwright's."""
    with ExitStack() as stack:

        def make(**options: Any) -> BrowserContext:
            context = browser.new_context(**(CONTEXT | {"base_url": live_server.url} | options))
            stack.callback(context.close)
            watch.look_at(context)
            return context

        yield make


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A browser in which nobody is signed in."""
    return new_context().new_page()


@pytest.fixture
def signed_in(new_context: NewContext, live_server: LiveServer) -> SignedIn:
    """Open a browser in which this user is signed in already. Options are Playwright's."""

    def open_page(user: User, **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = new_context(**options)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return context.new_page()

    return open_page
