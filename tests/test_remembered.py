"""What tests begin with, written again by the same statements, is what the actions write; and only where nothing else was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction

from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content

from .world import plans, remembered
from .world.universe import NOW, Universe, build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL every test runs the actions"),
]


class Undone(Exception):
    """Nothing of it stays."""


Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many statements were written again, each time that some were."""
    counts: list[int] = []
    honest = remembered._write

    def write(statements: Any) -> None:
        counts.append(len(statements))
        honest(statements)

    monkeypatch.setattr(remembered, "_write", write)
    monkeypatch.setattr(remembered, "_made", {})
    return counts


def rows() -> Rows:
    return {
        model._meta.db_table: sorted(map(tuple, model._base_manager.values_list()), key=repr)
        for model in apps.get_models()
        if model.__module__.startswith("taperplanner")
    }


def shape(found: Rows) -> dict[str, int]:
    return {table: len(of_table) for table, of_table in found.items() if of_table}


def undone(work: Callable[[], Any]) -> Any:
    """What `work` gives, in a database in which nothing of it stays."""
    try:
        with transaction.atomic():
            result = work()
            raise Undone
    except Undone:
        return result


def world() -> tuple[Rows, str]:
    universe = build()
    version = plans.signed_version(universe.ours)
    return rows(), version.content_hash


def test_what_is_written_again_is_what_the_actions_wrote(written: list[int]) -> None:
    first, hash_of_first = undone(world)
    assert written == []
    again, hash_of_second = undone(world)
    assert written, "nothing was written again"
    assert shape(again)["tapers_version"] == 1
    assert (again, hash_of_second) == (first, hash_of_first)


def test_what_is_written_again_is_read_back_as_signed(written: list[int]) -> None:
    undone(world)
    version = plans.signed_version(build().ours)
    assert written
    read = verified_content(Version.objects.select_related("plan").get(pk=version.pk))
    assert read.content_hash() == version.content_hash


def test_after_anything_else_was_written_the_actions_are_run(written: list[int]) -> None:
    undone(world)
    universe: Universe = build()
    universe.ours.clinic.name = "Another Clinic"
    universe.ours.clinic.save(update_fields=["name"])
    written.clear()
    plans.signed_version(universe.ours)
    assert written == []
