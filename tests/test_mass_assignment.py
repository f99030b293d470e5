"""Every column of every model is sent to each form, and none takes what it did not ask for: tests/access/extra.py.

    MASS_SEEDS=20 .venv/bin/pytest -n 0 tests/test_mass_assignment.py

sends all forms other values twenty times. The suite sends to forms that a seed chooses.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

import pytest
import time_machine
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from taperplanner.accounts.models import Clinic, User
from taperplanner.monitoring.check_ins.as_needed import AS_NEEDED
from taperplanner.monitoring.check_ins.details import STORED_AS_TYPED
from taperplanner.monitoring.scales import SCALES

from .access.extra import Page, every_column, extra, taken
from .addresses import Address
from .house.posts import WITHOUT_A_KEY
from .house.views import our_addresses
from .world.makings import MAKINGS
from .world.places import OWNED, SHARED, Places
from .world.universe import NOW, Universe

ALL: Final = "MASS_SEEDS" in os.environ
SEEDS: Final = range(int(os.environ.get("MASS_SEEDS", "1")))
IN_THE_SUITE: Final = 10
KEY: Final = "a" * 32
# A press has no page: what its own button says stands on the page that has the button.
SAID_BY_THE_BUTTON: Final = {
    "monitoring:down_time_form_aside": {"why"},
    # What the page of the check-in asks, kept as it is typed.
    "monitoring:check_in_draft": {
        *STORED_AS_TYPED,
        *AS_NEEDED,
        *(f"{scale.key}_total" for scale in SCALES),
        "follow_up",
    },
}
FORMS: Final = [
    address
    for address in our_addresses()
    if address.name in WITHOUT_A_KEY and not set(address.kwargs) - set(OWNED) - set(SHARED)
]


def some(found: list[Any]) -> list[Any]:
    return found if ALL else Random(14).sample(found, IN_THE_SUITE)


@pytest.fixture(autouse=True)
def _time_stands_still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, url: str) -> Page:
    page = Page(url)
    answer = client.get(url)
    if answer.status_code == 200:
        page.feed(answer.content.decode())
    return page


@pytest.mark.parametrize("name", some(list(MAKINGS)))
def test_a_form_that_makes_something_takes_only_what_it_asks_for(universe: Universe, name: str) -> None:
    form = MAKINGS[name].fill(universe.ours)
    client = universe.client_of(form.by)
    asked = read(client, form.url).names
    wrong = [
        said for seed in SEEDS for said in taken(client, form.url, {**form.sent, "once": KEY}, asked, seed)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", some(FORMS), ids=lambda one: one.name)
def test_a_form_that_changes_something_takes_only_what_it_asks_for(
    universe: Universe, address: Address
) -> None:
    """As its page has it, sent by each role that is shown it; a press has no page, and is sent nothing of its own."""
    url = address.url(Places(universe.ours).values(address.kwargs))
    for user in universe.ours.people.values():
        client = universe.client_of(user)
        client.raise_request_exception = False
        page = read(client, url)
        sent: Mapping[str, Any] = page.sent
        asked = page.names | SAID_BY_THE_BUTTON.get(address.name, set())
        wrong = [said for seed in SEEDS for said in taken(client, url, sent, asked, seed)]
        assert not wrong, "\n".join(wrong)


def test_every_column_is_sent() -> None:
    names = set(every_column())
    assert {
        "id",
        "clinic",
        "clinic_id",
        "is_manager",
        "is_provider",
        "signed_at",
        "revision",
        "restriction",
    } <= names
    assert {"password", "is_active", "signed_by_id", "content_hash", "number", "by", "at"} <= names


@pytest.mark.django_db
def test_a_form_is_sent_all_but_what_it_asks_for(universe: Universe) -> None:
    assert set(every_column()) - set(extra({"name"}, 1)) == {"name"}


# --- Views that take all ----------------------------------------------------------------------


def takes_all(request: HttpRequest, model: str) -> HttpResponse:
    row: Any = {"user": User, "clinic": Clinic}[model].objects.order_by("pk").first()
    for column in row._meta.concrete_fields:
        if column.attname in request.POST and not column.primary_key and not column.unique:
            row.__class__.objects.filter(pk=row.pk).update(
                **{column.attname: column.to_python(request.POST[column.attname].replace("on", "True"))}
            )
    return HttpResponse("")


def takes_a_role(request: HttpRequest, model: str) -> HttpResponse:
    User.objects.filter(is_staff=True).update(is_manager="is_manager" in request.POST)
    return HttpResponse("")


class Planted:
    urlpatterns = [
        path("all/<model>/", csrf_exempt(login_not_required(takes_all))),
        path("role/<model>/", csrf_exempt(login_not_required(takes_a_role))),
        path("", include("taperplanner.urls")),
    ]


@pytest.mark.parametrize(
    ("planted", "column"), [("all/clinic", "Clinic.phone"), ("role/user", "User.is_manager")]
)
def test_a_view_that_takes_all_is_found(universe: Universe, settings: Any, planted: str, column: str) -> None:
    settings.ROOT_URLCONF = Planted
    wrong = " ".join(taken(Client(), f"/{planted}/", {"text": "x"}, {"text"}, 1))
    assert f"takes accounts.{column}" in wrong
