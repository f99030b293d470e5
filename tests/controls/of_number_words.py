"""Of numbers in words."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H7",
        "a number is read back in words as itself",
        "taperplanner/number_words.py",
        "words = _ENGLISH_TENS[tens - 2]",
        "words = _ENGLISH_TENS[tens - 3]",
        "tests/test_number_words.py",
    ),
    Control(
        "H7",
        "a number that nobody can type is refused and not said wrongly",
        "taperplanner/number_words.py",
        "    if not 0 <= number <= LARGEST:",
        "    if number < 0:",
        "tests/test_number_words.py",
    ),
)
