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
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings

# Their families, and which comes first, stand in templates/components/paper.typ.
FONT_PACKAGES: Final = (
    "fontpkg_atkinson_hyperlegible",
    "manimgx_fonts",
    "noto_cjk_sans_jp_regular",
)
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
    """A row of the description is taller than a page; it asserts that none is ("a row is taller than a page")."""


def pdf(description: str, data: Mapping[str, Any]) -> bytes:
    """`description`: a path under templates/, such as "handouts/steps.typ". Raises: CannotTypeset, DoesNotFit."""
    compiled = _compile(description, data, format="pdf", pdf_standards=["ua-1"])
    assert isinstance(compiled, bytes)  # noqa: S101 - a PDF is one file
    return compiled


def pictures(description: str, data: Mapping[str, Any], *, dots_per_inch: float = 96) -> list[bytes]:
    """Each page of the same paper as a PNG. Raises: CannotTypeset, DoesNotFit."""
    pdf(description, data)  # only a PDF notices a glyph that is missing
    compiled = _compile(description, data, format="png", ppi=dots_per_inch)
    return compiled if isinstance(compiled, list) else [compiled]


def _compile(description: str, data: Mapping[str, Any], **how: Any) -> bytes | list[bytes]:
    root = Path(settings.BASE_DIR, "templates")
    compiler = typst.Compiler(
        str(root / description),
        root=str(root),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    try:
        compiled = compiler.compile(**how)
    except typst.TypstError as error:
        if "a row is taller than a page" in error.diagnostic:
            raise DoesNotFit from error
        # One character may be met in many places.
        missing = tuple(dict.fromkeys(map("".join, _NO_GLYPH.findall(error.diagnostic))))
        if not missing:
            raise
        raise CannotTypeset(missing) from error
    assert compiled is not None  # noqa: S101 - it writes no file
    return compiled


@functools.cache
def _fonts() -> typst.Fonts:
    folders = []
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        assert spec is not None and spec.origin is not None, package  # noqa: S101, PT018 - a requirement
        folders.append(str(Path(spec.origin).parent))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
