"""Every way around the evidence that we know: each is refused by the database, or found by `audit_verify`.

`docs/ways-around.md` has the table of them; `test_the_document_names_each` holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import time_machine
from django.db import DatabaseError

from taperplanner.audit import heads

from ..world.people import ana
from ..world.plans import sign_revision, signed_version, start_revision
from ..world.universe import NOW, Universe
from .ways import HEADS, REFUSED, WAYS, Scene, Way, change_a_patient, cut_the_end, rewrite_everything

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs/ways-around.md"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def scene(universe: Universe, tmp_path: Path) -> Scene:
    first = signed_version(universe.ours)
    version = sign_revision(start_revision(first, universe.ours), universe.ours)
    ana(universe.theirs)
    heads.append(tmp_path, heads.heads_now(NOW))
    return Scene(universe.ours, universe.theirs, version, tmp_path)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_way_around_is_refused_or_found(way: Way, scene: Scene) -> None:
    assert scene.found(with_heads=True) == [], "before it"
    if way.end == REFUSED:
        with pytest.raises(DatabaseError, match=f"(?i){way.says}"):
            way.go(scene)
        assert scene.found(with_heads=True) == []
        return
    way.go(scene)
    found = scene.found(with_heads=way.end == HEADS)
    assert any(re.search(way.says, sentence) for sentence in found), found


def test_the_end_is_cut_unseen_without_the_head(scene: Scene) -> None:
    """Which is why there is one."""
    cut_the_end(scene)
    assert scene.found() == []


def test_no_finding_names_a_patient(scene: Scene) -> None:
    rewrite_everything(scene)
    change_a_patient(scene)
    assert not [one for one in scene.found() if "Rivera" in one or "Ana" in one or "MRN" in one]


def test_the_document_names_each() -> None:
    """`docs/ways-around.md`, under "Evidence": one line for each, in this order."""
    _, _, section = DOCUMENT.read_text().partition("## Evidence\n")
    rows = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("| ")][2:]
    assert rows == [table_row(name, way) for name, way in WAYS.items()]


def table_row(name: str, way: Way) -> str:
    return f"| {way.what} | both | {way.end} | `tests/audit/test_ways_around.py::test_a_way_around_is_refused_or_found` ({name}) |"
