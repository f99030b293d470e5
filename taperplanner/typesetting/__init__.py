"""A page description and plain data in, a tagged PDF (PDF/UA-1) or its pages as pictures out.

A description is a Typst file under templates/; it finds what it prints with
`json(bytes(sys.inputs.data))` and nowhere else, so that nothing a person typed is ever read as code.
The fonts come from installed packages: Atkinson Hyperlegible first, then one for each script that a
name may be written in. A character that none of them has is refused, never printed as an empty box.
"""

from __future__ import annotations

import functools
import json
import re
import subprocess  # nosec B404
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from .line import TooManyPapers as TooManyPapers
from .line import asker as asker
from .line import line

# Their families, and which comes first, stand in templates/components/paper.typ.
FONT_PACKAGES: Final = (
    "fontpkg_atkinson_hyperlegible",
    "manimgx_fonts",
    "noto_cjk_sans_jp_regular",
)
SETS_ONE: Final = Path(__file__).with_name("worker.py")
AS_PDF: Final = {"format": "pdf", "pdf_standards": ["ua-1"]}
CANNOT_BE_SET: Final = 3
LONGEST_SECONDS: Final = 120
TALL: Final = "a row is taller than a page"  # what a description asserts where one is
_NO_GLYPH: Final = re.compile(
    r'PDF/UA-1 error: the text `"(.+?)"` could not be displayed|no family has all of "(.+?)"', re.DOTALL
)


class CannotTypeset(Exception):
    """`characters`: what no font on this server can show, each once, in the order it was met."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        codes = ", ".join(f"“{one}” ({' '.join(f'U+{ord(c):04X}' for c in one)})" for one in characters)
        super().__init__(
            f"The paper cannot show {codes}: no font here has it. Write the name or the note without it, or print"
            " the page from the browser."
        )


class DoesNotFit(Exception):
    """A row of the description is taller than a page (`TALL`)."""


class TakesTooLong(Exception):
    """A paper that is not set by then is given up, with the process that sets it."""


def pdf(description: str, data: Mapping[str, Any]) -> bytes:
    """`description`: a path under templates/, such as "handouts/papers.typ". Raises: CannotTypeset, DoesNotFit, TooManyPapers."""
    (compiled,) = _compile(description, data, AS_PDF)
    return compiled


def pdf_around(description: str, data: Mapping[str, Any], inside: bytes) -> bytes:
    """A PDF that holds the pages of another one, `data.pdf` in the description: it has no tags of its own."""
    (compiled,) = _compile(description, {**data, "pdf": list(inside)}, {"format": "pdf"})
    return compiled


def pictures(description: str, data: Mapping[str, Any], *, dots_per_inch: float = 96) -> list[bytes]:
    """Each page of the same paper as a PNG. Raises: CannotTypeset, DoesNotFit."""
    as_pictures = {"format": "png", "ppi": dots_per_inch}
    return _compile(
        description, data, as_pictures, tried=AS_PDF
    )  # only a PDF notices a glyph that is missing


def _compile(
    description: str, data: Mapping[str, Any], how: Mapping[str, Any], tried: Mapping[str, Any] | None = None
) -> list[bytes]:
    """`tried`: set first in the same process, for what it refuses."""
    root = Path(settings.BASE_DIR, "templates")
    job = {
        "description": str(root / description),
        "root": str(root),
        "font_folders": _font_folders(),
        "data": json.dumps(data, ensure_ascii=False),
        "tried": tried,
        "how": how,
    }
    command = [sys.executable, "-I", str(SETS_ONE)]
    try:
        # Our own file; what people typed goes in as data.
        with line().turn(asker.get()):
            done = subprocess.run(  # noqa: S603 # nosec B603
                command,
                input=json.dumps(job).encode(),
                capture_output=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise TakesTooLong from error
    if done.returncode == CANNOT_BE_SET:
        raise _refusal(done.stderr.decode())
    if done.returncode:
        raise RuntimeError(f"typst ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return list(_pages(done.stdout))


def _refusal(diagnostic: str) -> Exception:
    if TALL in diagnostic:
        return DoesNotFit()
    # One character may be met in many places.
    missing = tuple(dict.fromkeys(map("".join, _NO_GLYPH.findall(diagnostic))))
    return CannotTypeset(missing) if missing else RuntimeError(diagnostic[:500])


def _pages(made: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(made):
        begins = at + 8
        at = begins + int.from_bytes(made[at:begins], "big")
        yield made[begins:at]


@functools.cache
def _font_folders() -> list[str]:
    folders = []
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        assert spec is not None and spec.origin is not None, package  # noqa: S101, PT018 - a requirement
        folders.append(str(Path(spec.origin).parent))
    return folders
