"""The hazard log names tests that are there, and every document names files that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .controls.__main__ import every_control
from .hazard_log import LOG, ROWS
from .house.documents import DOCUMENTS, absent
from .house.law import TOP


def test_the_log_has_its_rows() -> None:
    assert len(ROWS) >= 25
    assert len({hazard for hazard, _, _ in ROWS}) == len(ROWS)


def test_each_line_of_the_table_is_read_as_a_row() -> None:
    assert len(re.findall(r"^\| H", LOG, re.M)) == len(ROWS)


def test_each_control_that_is_taken_out_stands_once_in_its_file() -> None:
    lost = {
        f"{control.hazard}: {control.what}"
        for control in every_control()
        if (TOP / control.file).read_text().count(control.text) != 1
    }
    assert lost == set()


@pytest.mark.parametrize(("hazard", "file", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_the_test_of_each_control_exists(hazard: str, file: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (TOP / file).read_text(), re.M), f"{hazard}: {file} has no {name}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TOP)))
def test_what_a_document_names_is_there(document: Path) -> None:
    assert list(absent(document, document.read_text())) == []


def test_every_document_is_read() -> None:
    names = {str(path.relative_to(TOP)) for path in DOCUMENTS}
    assert {"README.md", "CONTRIBUTING.md", "docs/hazards.md", "docs/adr/README.md"} <= names


@pytest.mark.parametrize(
    "breach",
    [
        "See [the design](desing.md).",
        "![A page](../.readme/no-such.png)",
        "The parser is `taperplanner/dose.py`.",
        "Run `.venv/bin/python -m pytest tests/no_such_room`.",
        "A module `no_such_module.py` has it.",
        "```\nbash requirements/compiled\n```",
        "`tests/test_doses.py::test_that_is_not_there`",
    ],
)
def test_what_is_not_there_is_found(breach: str) -> None:
    assert list(absent(TOP / "docs/testing.md", breach))


@pytest.mark.parametrize(
    "text",
    [
        "See [the design](design.md#words) and [a site](https://clinic.example/page.html).",
        "`taperplanner/doses.py`, `doses.py`, `tapers/draft_edit.html`, `requirements/run.txt`",
        "`tests/controls/of_<part>.py`, `/guidance/about/`, `…/versions/<n>/handout.pdf`, `hc:hc/front/views.py`",
        "```\n/patients/add/   …/versions/<number>/handout.pdf\n```",
        "`tests/test_doses.py::test_no_refusal_holds_a_figure`",
    ],
)
def test_what_is_there_or_is_no_path_is_left_alone(text: str) -> None:
    assert list(absent(TOP / "docs/testing.md", text)) == []
