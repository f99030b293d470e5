"""Codes that stand on paper and are typed from it: nobody can guess one, and nobody can misread it.

Seventeen signs: digits and letters without look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), without vowels
that could make words, and without what could be read as a unit or an abbreviation beside a digit.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

ALPHABET: Final = "34679DFHJKNPRTVWY"


def random_code(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def checked_code(number: int, length: int) -> str:
    """The number in these signs, the last of which finds whatever is misread in one place, and any two that are swapped."""
    digits = [number // len(ALPHABET) ** place % len(ALPHABET) for place in reversed(range(length - 1))]
    check: int = -_weighed(digits) * pow(length, -1, len(ALPHABET)) % len(ALPHABET)
    return "".join(ALPHABET[digit] for digit in [*digits, check])


def checked_number(text: str, length: int) -> int | None:
    """Of a code, however it was typed; None where it is none."""
    digits = [ALPHABET.index(sign) for sign in read_code(text, length)]
    if not digits or _weighed(digits) % len(ALPHABET):
        return None
    number = 0
    for digit in digits[:-1]:
        number = number * len(ALPHABET) + digit
    return number


def numbers_of(length: int) -> int:
    """How many codes of this length there are."""
    return int(len(ALPHABET) ** (length - 1))


def in_groups(code: str, of: int) -> str:
    """ "346KD-9WJT7-RRHN4"."""
    return "-".join(code[start : start + of] for start in range(0, len(code), of))


def read_code(text: str, length: int) -> str:
    """As it is stored, however it was typed; empty if it cannot be a code."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""


def _weighed(digits: Sequence[int]) -> int:
    """By places that are all different in a number of signs that is prime."""
    return sum(place * digit for place, digit in enumerate(digits, 1))
