"""Each row of the hazard log names a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROWS = re.findall(r"^\| (H\d+) \|.*\| `([^`]+)::([^`]+)` \|$", (ROOT / "README.md").read_text(), re.M)


def test_the_log_has_its_rows() -> None:
    assert len(ROWS) >= 25
    assert len({hazard for hazard, _, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("hazard", "file", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_the_test_of_each_control_exists(hazard: str, file: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.M), f"{hazard}: {file} has no {name}"
