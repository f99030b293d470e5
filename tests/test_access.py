"""Every address × method × actor × object is answered as the permission table and a few rules say: tests/access/.

Here a tenth of it; `python -m tests.access` asks all. Each rule is taken away once, to see that a cell turns red.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import Any, Final

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from pytest_django import DjangoDbBlocker

from taperplanner.accounts.permissions import MAY, Permission, Role
from taperplanner.patients.models import Patient
from taperplanner.serving.probe import Probe

from .access import asking
from .access.actors import ACTORS
from .access.agreed import AGREED, Anybody
from .access.asking import World
from .access.canary import every_model, found_in, text_fields
from .access.cells import METHODS, Cell, cells_of, pairwise, tenth
from .access.objects import kinds_for
from .access.oracle import RULES, SIGN_IN, expected
from .addresses import Address, addresses
from .world.places import OWNED, SHARED

ALL: Final = os.environ.get("ACCESS_CELLS") == "all"
EVERY: Final = addresses()
BY_NAME: Final = {address.name: address for address in EVERY}
ENOUGH: Final = 15_000
pytestmark = pytest.mark.django_db
each_address: Callable[..., Any] = pytest.mark.parametrize(
    "address", EVERY, ids=[f"{address.name}-{'-'.join(address.kwargs)}" for address in EVERY]
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once for all cells: each leaves nothing behind."""
    with django_db_blocker.unblock(), asking.world() as built:
        yield built


@pytest.fixture(autouse=True)
def _all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """A probe asks in a thread of its own, for which the rows of these tests are locked."""
    monkeypatch.setattr(Probe, "wrong", lambda _: ())


# --- The matrix -------------------------------------------------------------------------------


@each_address
def test_each_address_answers_what_was_agreed(address: Address, world: World) -> None:
    """And shows nothing of another clinic, whose every text holds a canary."""
    cells = cells_of(address) if ALL else tenth(address)
    wrong = [said for cell in cells for said in world.wrong(address, cell)]
    assert not wrong, "\n".join(wrong)


def test_each_address_was_agreed_and_its_view_says_the_same() -> None:
    new = [
        f'    "{address.name}": ({address.permission!s}, READ or FORM or PRESS),'
        for address in EVERY
        if address.name not in AGREED
    ]
    assert not new, "Say in tests/access/agreed.py what was agreed:\n" + "\n".join(new)
    assert not set(AGREED) - set(BY_NAME), "There is no such address any more."
    said = {address.name: address.permission for address in EVERY}
    agreed = {name: asks if isinstance(asks, Permission) else None for name, (asks, _) in AGREED.items()}
    assert said == agreed
    for_anybody = {name for name, (asks, _) in AGREED.items() if isinstance(asks, Anybody)}
    assert {address.name for address in EVERY if address.is_for_anybody} == for_anybody


def test_each_kwarg_has_a_place() -> None:
    missing = {kwarg for address in EVERY for kwarg in address.kwargs} - set(OWNED) - set(SHARED)
    assert not missing, f"tests/world/places.py has no entry for {sorted(missing)}"


def test_the_table_is_the_one_that_was_agreed() -> None:
    may = {role: {permission.value for permission in permissions} for role, permissions in MAY.items()}
    assert may == {
        Role.PROVIDER: {
            "see_guidance",
            "see_patients",
            "edit_patients",
            "record_monitoring",
            "close_emergency",
            "see_registry",
            "restrict_patients",
            "edit_draft",
            "sign_plan",
            "check_version",
            "print_handout",
            "see_who_looked",
        },
        Role.STAFF: {
            "see_guidance",
            "see_patients",
            "edit_patients",
            "record_monitoring",
            "print_handout",
        },
        Role.MANAGER: {"see_guidance", "manage_clinic"},
        Role.CHECKER: {"check_version"},
    }
    assert set(Permission) == set().union(*MAY.values())


# --- Which cells there are --------------------------------------------------------------------


def test_there_are_enough_cells_and_a_tenth_of_them_meets_each_actor_at_each_address() -> None:
    every = sum(len(cells_of(address)) for address in EVERY)
    some = sum(len(tenth(address)) for address in EVERY)
    assert every >= ENOUGH
    assert every / 12 < some < every / 8
    for address in EVERY:
        assert {cell.actor for cell in tenth(address)} == set(ACTORS)
        assert set(tenth(address)) <= {*cells_of(address)}
        assert tenth(address) == tenth(address), "the same ones each time"


@each_address
def test_each_pair_of_method_actor_and_object_is_in_a_cell(address: Address) -> None:
    choices = METHODS, tuple(ACTORS), kinds_for(address.kwargs)
    met = {pair for cell in cells_of(address) for pair in combinations(enumerate(cell), 2)}
    wanted = {
        pair
        for (one, left), (other, right) in combinations(enumerate(choices), 2)
        for pair in product(((one, value) for value in left), ((other, value) for value in right))
    }
    assert wanted <= met


def test_a_pair_that_is_left_out_is_seen() -> None:
    found = Counter(pairwise("ab", "xyz", "12"))
    assert len(found) == 6
    assert {(cell.method, cell.object) for cell in found} == set(product("ab", "12"))


# --- Each rule, taken away --------------------------------------------------------------------

RED_WITHOUT: Final = {
    "no_such_method": ("patients:index", Cell("PUT", "nobody", "own")),
    "signs_in_first": ("patients:index", Cell("GET", "deactivated", "own")),
    "method_is_not_taken": ("patients:patient", Cell("POST", "provider", "own")),
    "may_not": ("patients:patient", Cell("GET", "manager", "own")),
    "is_not_there": ("patients:patient", Cell("GET", "provider", "another clinic's")),
    "is_closed": ("patients:patient", Cell("GET", "staff", "restricted")),
    "answered": ("patients:patient", Cell("GET", "provider", "own")),
}


@pytest.mark.parametrize("rule", RULES)
def test_without_a_rule_a_cell_is_red(rule: str, world: World) -> None:
    name, cell = RED_WITHOUT[rule]
    address = BY_NAME[name]
    answer = world.ask(cell.actor, cell.method, world.url(address, cell.object))
    for without in ("", rule):
        allowed = expected(address, cell, without=without)
        is_right = asking.is_sent_to_sign_in(answer) if allowed == SIGN_IN else answer.status_code in allowed
        assert is_right is (without == ""), (without, answer.status_code, allowed)


# --- The canary -------------------------------------------------------------------------------


# Models with texts of which a clinic that was made by actions alone has no row, and why.
NO_ROWS: Final = {
    "accounts.SentForm": "of a form that was sent by a page",
    "account.EmailAddress": "an address stands in the user alone",
    "account.EmailConfirmation": "there is no mail server",
}


def test_every_text_of_the_other_clinic_holds_a_canary(world: World) -> None:
    """On PostgreSQL a column that takes words of a list keeps its own."""
    assert not world.planted.left or connection.vendor == "postgresql"
    with_texts = {model._meta.label for model in every_model() if text_fields(model)}
    assert with_texts - world.planted.models == set(NO_ROWS)


def leaks(how: str) -> HttpResponse:
    names = ", ".join(Patient.objects.values_list("family_name", flat=True))
    if how == "header":
        return HttpResponse(headers={"X-Found": names})
    if how == "file":
        return HttpResponse(headers={"Content-Disposition": f'inline; filename="{names}.pdf"'})
    return HttpResponse(names)


class Leaking:
    """A view that asks for no clinic."""

    urlpatterns = [path("leak/<how>/", lambda request, how: leaks(how))]


@pytest.mark.parametrize("how", ["body", "header", "file"])
def test_a_view_that_leaks_is_found(how: str, world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = Leaking
    assert found_in(world.ask("provider", "GET", f"/leak/{how}/"))
