"""On another database only the tests are run that depend on one, and each of those is."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from . import of_database
from .house.law import TOP
from .of_database import OPTION, depends_on_database

DEPENDS = {
    "a fixture": "def test_it(db): pass",
    "a fixture of a fixture": "@pytest.fixture\ndef people(db): pass\ndef test_it(people): pass",
    "a fixture that is there for all": "@pytest.fixture(autouse=True)\ndef _all(transactional_db): pass\ndef test_it(): pass",
    "a server": "def test_it(live_server): pass",
    "a mark": "@pytest.mark.django_db\ndef test_it(): pass",
    "a mark of its class": "@pytest.mark.django_db\nclass TestIt:\n    def test_it(self): pass",
    "a mark of its module": "pytestmark = pytest.mark.django_db\ndef test_it(): pass",
    "a class of Django's": "from django.test import TestCase\nclass TestIt(TestCase):\n    def test_it(self): pass",
    "which one it is": "from django.db import connection\ndef test_it(): pass",
    "a way past the fixtures": "from pytest_django import DjangoDbBlocker\ndef test_it(): pass",
    "another process": "import subprocess\ndef test_it(): pass",
}


@pytest.fixture
def collected(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    def collect(text: str) -> list[pytest.Item]:
        path = tmp_path / "test_one_of_them.py"
        path.write_text(f"import pytest\n{text}\n")
        session = request.session
        found: list[pytest.Item] = []
        nodes: list[pytest.Collector] = [pytest.Module.from_parent(session, path=path)]
        while nodes:
            for one in nodes.pop().collect():
                (found if isinstance(one, pytest.Item) else nodes).append(one)  # type: ignore[arg-type]
        sys.modules.pop("test_one_of_them", None)
        return found

    return collect


@pytest.mark.parametrize("text", DEPENDS.values(), ids=DEPENDS)
def test_a_test_that_may_use_the_database_is_run_on_each(text: str, collected: object) -> None:
    (item,) = collected(text)  # type: ignore[operator]
    assert depends_on_database(item)


def test_a_test_without_it_is_left_out(collected: object) -> None:
    (item,) = collected("def test_it(tmp_path): pass")  # type: ignore[operator]
    assert not depends_on_database(item)


@pytest.mark.parametrize("asked", [True, False])
def test_it_is_done_where_it_is_asked_for_and_what_is_left_out_is_counted(
    collected: object, asked: bool
) -> None:
    left_out: list[pytest.Item] = []

    def count(items: list[pytest.Item]) -> None:
        left_out.extend(items)

    config = SimpleNamespace(
        stash=pytest.Stash(),
        getoption=lambda name: asked and name == OPTION,
        hook=SimpleNamespace(pytest_deselected=count),
    )
    with_it, without = (collected(f"def test_it({name}): pass")[0] for name in ("db", "tmp_path"))  # type: ignore[operator]
    items = [with_it, without]
    of_database.pytest_collection_modifyitems(config, items)  # type: ignore[arg-type]
    assert items == ([with_it] if asked else [with_it, without])
    assert left_out == ([without] if asked else [])
    assert config.stash.get(of_database.LEFT_OUT, 0) == len(left_out)


def test_a_test_that_asked_for_nothing_cannot_reach_the_database() -> None:
    """It is what the rule stands on."""
    from taperplanner.accounts.models import Clinic

    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Clinic.objects.count()


def test_ci_leaves_them_out_of_the_second_run_and_of_no_other() -> None:
    runs = [line for line in (TOP / ".ci/run").read_text().splitlines() if OPTION in line]
    assert len(runs) == 1
    assert "tests.postgres" in runs[0]
