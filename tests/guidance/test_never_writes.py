"""No guidance address ever writes, and none has anything to apply: found from the URLconf."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taperplanner.accounts.models import User

from ..addresses import Address, addresses
from ..world.places import Places
from ..world.universe import NOW, Universe

OURS = [address for address in addresses() if address.name.startswith("guidance:")]
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE SAVEPOINT|BEGIN|COMMIT)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(user: User) -> Client:
    """Somebody who was here a moment ago: the session needs no write of its own."""
    client = Client()
    client.force_login(user)
    client.get(reverse("accounts:still_here"))
    return client


def written(client: Client, method: str, url: str) -> list[str]:
    """The statements of one request that are more than a look."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        getattr(client, method)(url)
    return [query["sql"] for query in queries if not READS.match(query["sql"])]


def page(client: Client, url: str) -> str:
    answer: HttpResponse = client.get(url)
    return answer.content.decode()


def test_every_address_of_the_guidance_is_among_them() -> None:
    assert {address.name for address in OURS} >= {
        "guidance:index", "guidance:about", "guidance:paper", "guidance:topic", "guidance:entry",
    }  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_no_method_of_any_guidance_address_writes(universe: Universe, address: Address, method: str) -> None:
    house = universe.ours
    url = address.url(Places(house).values(address.kwargs))
    for user in house.people.values():
        client = signed_in(user)
        assert written(client, method, url) == []
        assert written(client, method, f"{url}?q=opioid&apply=1") == []
        if method not in {"get", "head"}:
            assert getattr(client, method)(url).status_code == 405


def test_a_write_would_be_noticed(universe: Universe) -> None:
    client = signed_in(universe.ours.manager)
    assert written(client, "get", reverse("accounts:audit"))


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_no_guidance_page_has_anything_to_apply(universe: Universe, address: Address) -> None:
    """Its only control is the search, which asks with GET; beside that it has links."""
    house = universe.ours
    url = address.url(Places(house).values(address.kwargs))
    for user in house.people.values():
        html = page(signed_in(user), url)
        main = html[html.index("<main") : html.index("</main>")]
        assert 'method="post"' not in main
        assert not re.search(r"hx-\w+=|<select|<textarea|data-apply", main)
        buttons = re.findall(r"<button[^>]*>\s*([^<]*?)\s*</button>", main)
        fields = re.findall(r'<input[^>]*name="([^"]+)"', main)
        assert (buttons, fields) == ((["Search"], ["q"]) if address.name == "guidance:index" else ([], []))
