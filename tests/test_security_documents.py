"""The tables of docs/security: complete, and each test that they name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
ASVS: Final = ROOT / "docs" / "security" / "asvs.md"
DOCUMENTS: Final = (ROOT / "docs" / "security.md", ASVS)
STATES: Final = {"met", "none", "operator", "part", "no"}
# How many requirements of level 1 or 2 each section of ASVS 5.0.0 has. They are numbered from 1 without a gap.
SECTIONS: Final = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
ALL: Final = [f"{section}.{number + 1}" for section, count in SECTIONS.items() for number in range(count)]


def rows() -> Iterator[list[str]]:
    for line in ASVS.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.match(r"\d", cells[0]):
            yield cells


def meant(number: str) -> list[str]:
    first, _, last = number.partition(" to ")
    return ALL[ALL.index(first) : ALL.index(last or first) + 1]


def missing_tests(text: str, folder: Path = ROOT) -> list[str]:
    """Paths that a document names and that are not there: a name without a folder is beside the one before it."""
    gone, beside = [], folder
    for name in re.findall(r"`((?:tests/)?[\w/]*test_\w+\.py|tests/[\w/]+)`", text):
        path = folder / name if name.startswith("tests/") else beside / name
        beside = path.parent
        if not path.exists():
            gone.append(name)
    return gone


def test_each_requirement_of_the_two_levels_stands_once_in_order() -> None:
    assert len(ALL) == 253
    assert [number for row in rows() for number in meant(row[0])] == ALL


def test_each_has_a_state_and_one_that_is_met_says_by_what() -> None:
    for number, asks, state, by in rows():
        assert asks, number
        assert state in STATES, number
        assert by or state in {"none", "operator"}, number


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_test_that_a_document_names_is_there(document: Path) -> None:
    assert missing_tests(document.read_text()) == []


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert missing_tests("| `tests/test_house.py`, `test_that_is_gone.py` |") == ["test_that_is_gone.py"]
