"""An act whose event names no patient would leave the day book as it was: none of these rooms has one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).resolve().parents[2] / "taperplanner"
ROOMS: Final = ("patients", "tapers", "monitoring")
OF_NO_PATIENT: Final = {
    "down_time_forms.written",
    "down_time_forms.set_aside",
}  # forms on paper, each still blank


def of_nobody(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "record":
            named = {keyword.arg for keyword in node.keywords}
            if not named & {"patient_id", None}:
                yield ast.literal_eval(node.args[0])


def test_each_act_of_the_rooms_that_the_day_book_reads_names_its_patient() -> None:
    files = [path for room in ROOMS for path in (HOUSE / room).rglob("*.py") if "actions" in str(path)]
    assert len(files) > len(ROOMS)
    assert {action for path in files for action in of_nobody(path.read_text())} == OF_NO_PATIENT


def test_one_that_names_nobody_is_found() -> None:
    assert list(of_nobody("record('plan.opened', by=by, at=at)")) == ["plan.opened"]
