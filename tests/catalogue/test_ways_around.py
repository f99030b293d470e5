"""docs/ways-around.md and the tests, held together: no way is written down that no test tries, and none is left out."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from tests.house.law import TOP

from .ways_of_postgresql import ON_POSTGRESQL
from .ways_of_sqlite import ON_SQLITE

TABLE: Final = (TOP / "docs/ways-around.md").read_text()
ROW: Final = re.compile(
    r"^\| ([^|]+) \| (both|SQLite|PostgreSQL) \| ((?:refused|found)[^|]*) \| `([^`]+)`(?: \(([^|]+)\))? \|$",
    re.M,
)
HEADING: Final = "| way | database | refused or found | test |"
ROWS: Final = ROW.findall(TABLE)


def test_each_row_says_what_becomes_of_the_way() -> None:
    lines = [line for line in TABLE.splitlines() if line.startswith("| ") and "---" not in line]
    assert len(ROWS) == len([line for line in lines if line != HEADING])


@pytest.mark.parametrize(("named", "case"), sorted({row[3:] for row in ROWS}))
def test_each_test_that_is_named_is_there_with_its_case(named: str, case: str) -> None:
    file, _, name = named.partition("::")
    test = getattr(import_module(".".join(Path(file).with_suffix("").parts)), name)
    if case:
        marks = [mark for mark in test.pytestmark if mark.name == "parametrize"]
        assert any(case in (mark.kwargs.get("ids") or ()) for mark in marks), (named, case)


def test_each_way_that_is_tried_stands_in_the_table() -> None:
    named = {row[3:] for row in ROWS}
    here = "tests/catalogue/test_catalogue.py::"
    tried = {(f"{here}test_on_postgresql_it_is_found", way) for way in ON_POSTGRESQL}
    tried |= {(f"{here}test_on_sqlite_it_is_found", way) for way in ON_SQLITE}
    assert not tried - named
