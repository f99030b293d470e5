"""Where a text that was typed from a package names a substance of the list. Words only: nothing is known of chemistry.

    names("Lactose monohydrate, corn starch", "lactose")      True
    names("Lactose-free", "LACTOSE")                          True: the word stands there, and somebody looks
    names("Lactase", "lactose")                               False

Only whole words that are the same are found, whatever their capitals, accents and hyphens. So that nothing is found
never means that there is nothing, and no page says so. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ..names import name_key, run_together
from .listing import AllergyLine

_BETWEEN: Final = re.compile(r"[\s,;:/()]+")
# Of a substance with a second name, "milk sugar (lactose)", each is one.
_NAMES: Final = re.compile(r"[,;:/()]+")


def named_in(text: str, listed: Iterable[AllergyLine]) -> list[AllergyLine]:
    """Those of the list that the text names."""
    return [one for one in listed if names(text, one.substance)]


def names(text: str, substance: str) -> bool:
    found = _spellings(text)
    wanted = [way for name in _NAMES.split(substance) for way in _spellings(name)]
    return any(way.strip() and way in spelling for way in wanted for spelling in found)


def is_same(one: str, other: str) -> bool:
    """Whether two substances are the same words."""
    return not _spellings(one).isdisjoint(_spellings(other))


def sentence_of(line: AllergyLine) -> str:
    substance = line.substance[:1].upper() + line.substance[1:]
    return (
        f"{substance} is on this patient’s list of allergies and intolerances"
        f" (reaction: {line.reaction_in_words}). Look at the package."
    )


def sentences(text: str, listed: Iterable[AllergyLine]) -> list[str]:
    return [sentence_of(one) for one in named_in(text, listed)]


def _spellings(text: str) -> set[str]:
    """Its words, one space apart and around them: what a hyphen joins as two words, and as one."""
    words = [word for word in _BETWEEN.split(text) if word]
    return {_spaced([name_key(word) for word in words]), _spaced([run_together(word) for word in words])}


def _spaced(keys: Sequence[bytes]) -> str:
    return f" {' '.join(key.decode() for key in keys if key)} "
