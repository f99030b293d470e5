"""The pictures of the README are those of the tour: each is there, is shown, and is small."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from .browser.tour import FOLDER, MOST_BYTES, SIZE, TOUR, WORKLIST
from .house.law import TOP

PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
NAMED: Final = PICTURE.findall((TOP / "README.md").read_text())
TAKEN: Final = sorted(FOLDER.glob("*"))


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a WebP as a browser's canvas makes it."""
    head = path.read_bytes()[:30]
    assert (head[:4], head[8:16]) == (b"RIFF", b"WEBPVP8X")
    return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1


def test_each_picture_that_the_readme_names_is_one_of_the_tour_and_each_of_the_tour_is_named() -> None:
    assert {TOP / address for _, address in NAMED} == set(TAKEN)
    assert {path.stem for path in TAKEN} == {WORKLIST, *TOUR}


@pytest.mark.parametrize(("words", "address"), NAMED)
def test_a_picture_says_what_it_shows(words: str, address: str) -> None:
    assert len(words.split()) > 1, address


@pytest.mark.parametrize("path", TAKEN, ids=lambda path: path.name)
def test_a_picture_is_small_and_all_are_of_one_size(path: Path) -> None:
    assert path.stat().st_size < MOST_BYTES
    assert size_of(path) == (SIZE["width"], SIZE["height"])
