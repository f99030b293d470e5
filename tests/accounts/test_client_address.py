"""The address in an event is the client's: a header is believed as far as there are proxies, and no further."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from taperplanner.accounts.client_address import UNKNOWN, client_address


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, None, "198.51.100.7"),
        (0, "203.0.113.9", "198.51.100.7"),  # anybody can send a header
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),  # what the client made up stands before it
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "[2001:db8::9]:4711", "2001:db8::9"),
        (2, "203.0.113.9", "198.51.100.7"),  # it came past the outer proxy
        (1, None, "198.51.100.7"),
        (1, "<script>", "198.51.100.7"),
    ],
)
def test_the_address_is_the_clients_as_the_number_of_proxies_says(
    settings: object, proxies: int, header: str | None, found: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies  # type: ignore[attr-defined]
    headers = {} if header is None else {"X-Forwarded-For": header}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR="198.51.100.7")) == found


def test_a_request_without_an_address_says_that_it_is_unknown() -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == UNKNOWN
