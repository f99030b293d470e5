"""The code of one printed copy: 15 signs that nobody can guess, and nobody can misread.

Seventeen signs: digits and letters without look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), without vowels
that could make words, and without what could be read as a unit or an abbreviation beside a digit.
Fifteen of them are 61 bits.
"""

from __future__ import annotations

import secrets
from typing import Final

import segno

ALPHABET: Final = "34679DFHJKNPRTVWY"
LENGTH: Final = 15
GROUP: Final = 5
# As large as a code, with nothing to scan in it.
EMPTY_DRAWING: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<path d="M1 1h8v8H1z" fill="#fff" stroke="#000" stroke-width="0.2"/></svg>'
)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def written(code: str) -> str:
    """ "346KD-9WJT7-RRHN4"."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(text: str) -> str:
    """As it is stored, however it was typed; empty if it cannot be a code."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


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
