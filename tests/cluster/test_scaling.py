"""docs/scaling.md says of every table how it comes to its clinic."""

from __future__ import annotations

from tests.house.law import TOP

from .paths import OF_NO_CLINIC, PLAIN, models, path, table

DOCUMENT = (TOP / "docs/scaling.md").read_text()


def test_each_table_stands_there_with_its_way() -> None:
    """`python -m tests.cluster.paths` prints it."""
    assert table() in DOCUMENT


def test_each_table_but_djangos_own_has_one() -> None:
    without = {model._meta.label for model in models() if path(model) is None}
    assert without == {*OF_NO_CLINIC, *PLAIN}
    assert all(not label.startswith("taperplanner") for label in OF_NO_CLINIC)
