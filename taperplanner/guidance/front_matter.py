"""A content file in its two parts: TOML between two lines of +++, then plain text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from .records import ContentError, Record, parse

FENCE: Final = "+++"
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# The lines of a body, each with its number in the file.
Body = list[tuple[int, str]]


def lines_of(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise ContentError(path, 1, "The file is missing.") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, "The file is not UTF-8 text.") from error


def split(path: Path, slug: str) -> tuple[Record, Body]:
    """The front matter and the body. `slug` is what the file's name says it is called."""
    lines = lines_of(path)
    if lines.count(FENCE) != 2 or lines[0] != FENCE:  # noqa: PLR2004
        raise ContentError(path, 1, f"Front matter stands between two lines of {FENCE}, the first on line 1.")
    if not SLUG.fullmatch(slug):
        raise ContentError(path, 1, "A file's name is its slug: small letters, digits and single hyphens.")
    end = lines.index(FENCE, 1)
    return parse(path, lines[1:end], 2), list(enumerate(lines[end + 1 :], end + 2))
