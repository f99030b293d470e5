"""A phone number as somebody typed it, as a phone dials it, and as its digits are compared."""

from __future__ import annotations

import re
from typing import Final

_DIALLED: Final = re.compile(r"\+?[0-9][0-9 ().\-]*")  # up to a word such as "ext"
# However the digits are set apart. A slash stands inside one number, or between two.
_APART: Final = r"\s().\-\u2010-\u2015\u2212\u00b7"
_NUMBER: Final = re.compile(rf"\+?\(?[0-9](?:[{_APART}/]*[0-9])*")
FEWEST_DIGITS: Final = 7


def dial_address(typed: str) -> str:
    """`tel:5550100`; empty where nothing can be dialled."""
    dialled = _DIALLED.search(typed)
    digits = re.sub(r"[^0-9+]", "", dialled[0]) if dialled else ""
    return f"tel:{digits}" if digits else ""


def numbers_in(typed: str) -> tuple[str, ...]:
    """The digits of each number of seven or more, without the zeros that are dialled before it at home or abroad.

    >>> numbers_in("+1 (305) 555-0142 ext 7")
    ('13055550142',)
    """
    found = []
    for run in _NUMBER.findall(_plain(typed)):
        for number in dict.fromkeys((run, *run.split("/"))):
            digits = re.sub(r"[^0-9]", "", number)
            if len(digits) >= FEWEST_DIGITS:
                significant = digits.lstrip("0")
                found.append(significant if len(significant) >= FEWEST_DIGITS else digits)
    return tuple(dict.fromkeys(found))


def without_numbers(typed: str) -> str:
    """What stands beside the numbers."""

    def kept(run: re.Match[str]) -> str:
        return " " if len(re.sub(r"[^0-9]", "", run[0])) >= FEWEST_DIGITS else run[0]

    return _NUMBER.sub(kept, _plain(typed))


def _plain(typed: str) -> str:
    """Digits of any script as 0 to 9, which keyboards and address books of other languages write."""
    return "".join(str(int(character)) if character.isdecimal() else character for character in typed)
