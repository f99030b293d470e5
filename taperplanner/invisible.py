"""Characters that nobody sees: they split a word for a reader that is a machine, or turn 0.5 into 5.0 for an eye."""

from __future__ import annotations

import unicodedata
from typing import Final

_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _CATEGORIES or character in _LETTERS
