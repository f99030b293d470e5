"""The forms of the product, found on the pages of its addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client

from tests.addresses import addresses
from tests.world.places import OWNED, SHARED, Places
from tests.world.universe import Universe


@dataclass
class Found:
    url: str
    client: Client
    fields: dict[str, str] = field(default_factory=dict)


class Reader(HTMLParser):
    """Forms that post, with what a browser would send; a button's name too, and each box and choice."""

    def __init__(self, url: str, client: Client) -> None:
        super().__init__()
        self.url, self.client = url, client
        self.forms: list[Found] = []
        self._open: Found | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = given.get("method", "").lower() == "post"
            self._open = Found(urljoin(self.url, given.get("action", "")), self.client) if posts else None
            self.forms += [self._open] if self._open else []
        elif self._open and given.get("name") and tag in {"input", "select", "textarea", "button"}:
            self._open.fields.setdefault(given["name"], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def every_form(universe: Universe) -> dict[str, Found]:
    """Each form once, by where it is posted to and which fields it has, as the first role that sees it."""
    found: dict[str, Found] = {}
    places = Places(universe.ours)
    for address in addresses():
        if set(address.kwargs) - set(OWNED) - set(SHARED):
            continue
        url = address.url(places.values(address.kwargs))
        for user in (None, *universe.ours.people.values()):
            client = universe.client_of(user) if user else Client()
            client.raise_request_exception = False
            answer = client.get(url)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            reader = Reader(url, client)
            reader.feed(answer.content.decode())
            for form in reader.forms:
                if "logout" not in form.url:
                    found.setdefault(f"{form.url} {sorted(form.fields)}", form)
            if reader.forms and user:
                break
    return found
