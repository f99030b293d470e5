"""The code of one printed copy: 15 signs, which are 61 bits; and the drawing of an address."""

from __future__ import annotations

from typing import Final

import segno

from taperplanner.typed_codes import ALPHABET, in_groups, random_code, read_code

__all__ = ["ALPHABET", "EMPTY_DRAWING", "LENGTH", "new_code", "qr_drawing", "read", "written"]

LENGTH: Final = 15
GROUP: Final = 5
# As large as a code, with nothing to scan in it.
EMPTY_DRAWING: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<path d="M1 1h8v8H1z" fill="#fff" stroke="#000" stroke-width="0.2"/></svg>'
)


def new_code() -> str:
    return random_code(LENGTH)


def written(code: str) -> str:
    """ "346KD-9WJT7-RRHN4"."""
    return in_groups(code, GROUP)


def read(text: str) -> str:
    """As it is stored, however it was typed; empty if it cannot be a code."""
    return read_code(text, LENGTH)


def qr_drawing(address: str) -> str:
    """An SVG, black on white, with the quiet zone that a phone needs."""
    rows = list(segno.make_qr(address, error="m").matrix_iter(border=4))
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}" shape-rendering="crispEdges">'
        f'<path d="M0 0h{len(rows)}v{len(rows)}H0z" fill="#fff"/><path d="{dark}"/></svg>'
    )
