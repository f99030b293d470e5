"""What a browser complains of while a test has it open."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LOOPBACK: Final = ("127.0.0.1", "localhost")
# Chromium writes this to the console for each answer of 400 or more; `Watch` judges the answer itself.
ANSWER_LOGGED: Final = re.compile(r"Failed to load resource: the server responded with a status of \d{3}")
# What it says of headers that do what they should: two features that a phone's Chromium has and Debian's
# lacks, which we refuse all the same, and that signing out cleared what the browser kept.
HEADERS_HEEDED: Final = re.compile(
    r"Error with Permissions-Policy header: Unrecognized feature: '(bluetooth|web-share)'\."
    r"|Clear-Site-Data header on 'http://(127\.0\.0\.1|localhost):\d+/[^']*': "
    r'Cleared data types: "cache", "storage"\.'
)
# Who already types in a field keeps it, though the page names another that should have the cursor first.
TYPED_BEFORE_IT_WAS_DRAWN: Final = (
    "Autofocus processing was blocked because a document already has a focused element."
)
# The browser gave a request up because the page went elsewhere.
GIVEN_UP: Final = "net::ERR_ABORTED"
TELL_OF_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", (event) => {
  window.tellOfViolation(`${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
});
"""


class Watch:
    """Collects every console message, error, refused resource and failed request of its contexts.

    A test that means to be refused says so first: `watch.expect(HTTPStatus.NOT_FOUND)`.
    """

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._expected: set[int] = set()

    def expect(self, *statuses: HTTPStatus) -> None:
        self._expected.update(statuses)

    def look_at(self, context: BrowserContext) -> None:
        on: Any = context.on
        on("console", self._console)
        on("weberror", self._error)
        on("request", self._request)
        on("requestfailed", self._request_failed)
        on("response", self._response)
        context.expose_function("tellOfViolation", self._violation)
        context.add_init_script(TELL_OF_VIOLATIONS)

    def assert_clean(self) -> None:
        assert not self.complaints, "The browser complained:\n" + "\n".join(self.complaints)

    def _console(self, message: ConsoleMessage) -> None:
        expected = ANSWER_LOGGED.match(message.text) or HEADERS_HEEDED.fullmatch(message.text)
        if not expected and message.text != TYPED_BEFORE_IT_WAS_DRAWN:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _error(self, error: WebError) -> None:
        self.complaints.append(f"error: {error.error}")

    def _violation(self, words: str) -> None:
        self.complaints.append(f"Content-Security-Policy: {words}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in LOOPBACK:
            self.complaints.append(f"asked another host: {request.url}")

    def _request_failed(self, request: Request) -> None:
        if request.failure != GIVEN_UP:
            self.complaints.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST and response.status not in self._expected:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")
