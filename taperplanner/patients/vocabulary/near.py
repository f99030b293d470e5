"""Names that are a slip of the finger away from a known drug: asked about, never taken for it.

    near_misses("clonazapam 0.5 mg")    (Near(typed="clonazapam", spelling="clonazepam", drug="clonazepam"),)
    near_misses("clonidine")            (): a known drug is no slip of another

The distance is optimal string alignment (Damerau and Levenshtein): letters added, left out, exchanged,
or two neighbours swapped. One such slip in a word of five to seven letters, two in a longer one.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from . import LONGEST_TEXT, normalise, vocabulary
from .groups import groups_in

SHORTEST: Final = 5
LONG: Final = 8  # from here on two slips
# Words of a label that are no name: a form, a salt, how a thing is taken.
_NO_NAMES: Final = frozenset(
    [
        "tablet",
        "tablets",
        "capsule",
        "capsules",
        "liquid",
        "solution",
        "drops",
        "orally",
        "release",
        "extended",
        "delayed",
        "immediate",
        "morning",
        "evening",
        "night",
        "bedtime",
        "daily",
        "twice",
        "needed",
        "patch",
        "cream",
        "sodium",
        "potassium",
        "calcium",
        "hydrochloride",
        "maleate",
    ]
)


class Near(NamedTuple):
    """`spelling`: the known name that a typed word comes near; `drug`: whose name it is."""

    typed: str
    spelling: str
    drug: str


def near_misses(text: str) -> tuple[Near, ...]:
    """For the first word that is nearly a drug's name, each drug that it comes nearest to. Usually one, or none."""
    if len(text) > LONGEST_TEXT or vocabulary().find(text) is not None:
        return ()
    for word in _words(text):
        if found := _near(word):
            return found
    return ()


def corrected(text: str, near: Near) -> str:
    """The text with the known spelling where the slip stood."""
    start = normalise(text).find(near.typed)
    same_letters = len(normalise(text)) == len(text)
    return (
        f"{text[:start]}{near.spelling}{text[start + len(near.typed) :]}" if same_letters else near.spelling
    )


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words; more than `most` is said as `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, counterpart in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _words(text: str) -> list[str]:
    words = "".join(character if character.isalpha() else " " for character in normalise(text)).split()
    of_groups = {
        word for group in groups_in(text) for word in group.found.split()
    }  # "diabetes pills" is no Diabeta
    return [word for word in words if len(word) >= SHORTEST and word not in _NO_NAMES | of_groups]


@lru_cache(maxsize=1024)
def _near(word: str) -> tuple[Near, ...]:
    names = _names()
    if word in names:
        return ()
    most = 2 if len(word) >= LONG else 1
    apart = {name: distance(word, name, most) for name in names}
    nearest = min(apart.values())
    found: dict[str, Near] = {}
    for name, slips in apart.items():
        if slips == nearest <= most:
            spelling, drug = names[name]
            found.setdefault(drug, Near(word, spelling, drug))
    return tuple(found.values())


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Every name that is one word, in small letters: how it is written, and whose it is. Generics come first."""
    spelled: dict[str, tuple[str, str]] = {}
    drugs = vocabulary().drugs
    for kind in ((drug.name,) for drug in drugs), ((*drug.brands, *drug.also) for drug in drugs):
        for drug, names in zip(drugs, kind, strict=True):
            for name in names:
                if normalise(name).isalpha() and len(name) >= SHORTEST:
                    spelled.setdefault(normalise(name), (name, drug.name))
    return spelled
