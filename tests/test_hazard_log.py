"""Each row of the hazard log names a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOG = (ROOT / "docs/hazards.md").read_text()
ROWS = re.findall(r"^\| (H\d+) \|.*\| `([^`]+)::([^`]+)` \|$", LOG, re.M)


def test_the_log_has_its_rows() -> None:
    assert len(ROWS) >= 25
    assert len({hazard for hazard, _, _ in ROWS}) == len(ROWS)


def test_each_line_of_the_table_is_read_as_a_row() -> None:
    assert len(re.findall(r"^\| H", LOG, re.M)) == len(ROWS)


@pytest.mark.parametrize(("hazard", "file", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_the_test_of_each_control_exists(hazard: str, file: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.M), f"{hazard}: {file} has no {name}"
