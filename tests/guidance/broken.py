"""How tests break one thing in a content folder and ask what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from taperplanner.guidance.loading import BrokenContentError, load
from taperplanner.guidance.records import ContentError


def only_error(content: Path) -> ContentError:
    with pytest.raises(BrokenContentError) as broken:
        load(content)
    [error] = broken.value.errors
    return error


def change(path: Path, old: str, new: str) -> int:
    """Replace one thing in a file; the line on which it stood."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
