"""Each check of who may is on the list that is taken out: `python -m tests.access.without`. A handful of them, here."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Final

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from .access import asking
from .access.agreed import AGREED
from .access.asking import World
from .access.checks import LOOKS_UP, MIDDLEWARES, Check, cell_of, checks, guards_of, layers
from .access.gates import MIDDLEWARE_TESTS, NO_CHECKS, SAYS, TESTS, files_with_gates, gates
from .access.without import red_without
from .controls.__main__ import ROOT
from .house.views import our_addresses

HANDFUL: Final = (
    "@requires(Permission.SIGN_PLAN) of tapers:plan_end",
    "@require_safe of registry:registry",
    "look-up by patient_id of patients:patient",
    "look-up by medication_id of patients:medication_edit",
    "look-up in taperplanner.handouts.batches.views of handouts:batch",
)
# Rows that are looked up by nobody's clinic, and why.
NOT_A_CLINICS: Final = frozenset({"taperplanner/handouts/copies/views/copies.py"})
# Their look-ups are met too, by the file that says which rows there are: `reviews.accesses_of`.
ROWS_ARE_SAID_ELSEWHERE: Final = frozenset({"taperplanner/patients/restriction_pages/views.py"})
EVERY: Final = {check.name: check for check in checks()}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), asking.world() as built:
        yield built


def test_every_view_has_its_checks_on_the_list_or_was_agreed_to_have_none() -> None:
    guarded = {
        address.name for check in EVERY.values() if check.what.startswith("@") for address in check.addresses
    }
    assert {address.name for address in our_addresses()} == guarded
    asks = {
        address.name for address in our_addresses() if any("requires(" in one for one in guards_of(address))
    }
    assert asks == {address.name for address in our_addresses() if address.permission is not None}
    assert asks <= set(AGREED)


def test_every_look_up_in_the_code_is_met_on_the_way_to_a_view() -> None:
    """A look-up that no view's decorators hold would be on no list."""
    met = set()
    for address in our_addresses():
        for layer in layers(address):
            rows = cell_of(layer, "rows")
            met |= {_file(rows.cell_contents)} if rows else set()
            met |= {_file(layer)} if LOOKS_UP in layer.__code__.co_names and not rows else set()
    written = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob("taperplanner/**/*.py")
        if looks_up(path.read_text())
    }
    assert written - NOT_A_CLINICS - ROWS_ARE_SAID_ELSEWHERE - {"taperplanner/accounts/decorators.py"} <= met
    assert len(written) > 10


@pytest.mark.parametrize(
    "text",
    [
        "from taperplanner.accounts.decorators import requires, row_of",
        "from ..decorators import row_of_clinic",
        "from django.shortcuts import get_object_or_404 as one, render",
    ],
)
def test_a_look_up_is_known_by_where_it_is_from(text: str) -> None:
    assert looks_up(text)
    assert not looks_up("from .listing import row_of\nrow_of(1)\nself.row_of(2)")


def looks_up(text: str) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").rpartition(".")[2] in {"decorators", "shortcuts"}
        and {"row_of", "row_of_clinic", LOOKS_UP} & {alias.name for alias in node.names}
        for node in ast.walk(ast.parse(text))
    )


def _file(function: object) -> str:
    return str(inspect.getsourcefile(function)).removeprefix(f"{ROOT}/")  # type: ignore[arg-type]


def test_every_middleware_is_on_the_list_or_says_why_not() -> None:
    assert {*MIDDLEWARES, *MIDDLEWARE_TESTS, *NO_CHECKS} >= set(settings.MIDDLEWARE)
    assert set(settings.MIDDLEWARE) >= {*MIDDLEWARES, *MIDDLEWARE_TESTS}


def test_every_gate_has_tests_or_says_why_not() -> None:
    assert set(files_with_gates()) == set(TESTS) | set(SAYS)
    assert not set(TESTS) & set(SAYS)
    for gate in gates():
        source = (ROOT / gate.file).read_text()
        assert source.count(gate.text) == 1, gate.what
        ast.parse(source.replace(gate.text, gate.broken))


@pytest.mark.django_db
@pytest.mark.parametrize("name", HANDFUL)
def test_a_cell_is_red_without(name: str, world: World) -> None:
    assert red_without(EVERY[name], world)


@pytest.mark.django_db
def test_nothing_is_red_without_nothing(world: World) -> None:
    """Else each check would be found to be missed."""
    check = EVERY[HANDFUL[2]]
    with_it = Check(check.what, check.addresses, asking.nothing_logged)
    assert not red_without(with_it, world)
