"""Codes that stand on paper and are typed from it: nobody can guess one, and nobody can misread it.

Seventeen signs: digits and letters without look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), without vowels
that could make words, and without what could be read as a unit or an abbreviation beside a digit.
"""

from __future__ import annotations

import secrets
from typing import Final

ALPHABET: Final = "34679DFHJKNPRTVWY"


def random_code(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def in_groups(code: str, of: int) -> str:
    """ "346KD-9WJT7-RRHN4"."""
    return "-".join(code[start : start + of] for start in range(0, len(code), of))


def read_code(text: str, length: int) -> str:
    """As it is stored, however it was typed; empty if it cannot be a code."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""
