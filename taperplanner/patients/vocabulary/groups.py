"""Words that patients say for a medicine without saying which: the page asks, and takes none of them for granted.

    groups_in("Benzos, from a friend")     one Group: “benzos” is a group of medicines, not one: which one is it?
    groups_in("sleeping pills (Ambien)")   []: the text says which

`groups.toml` has the words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from . import LONGEST_TEXT, normalise, vocabulary
from .rules import VocabularyError

_FIELDS: Final = {"is", "may_sedate", "said"}
_MEDICINE: Final = "(?:pill|tablet|med|medicine|medication|drug)"
_LONGEST_NOTE: Final = 2 * LONGEST_TEXT  # a check-in's note, which may name several


@dataclass(frozen=True, slots=True)
class Group:
    """`found`: the words as they stand in the text, in small letters."""

    found: str
    what: str
    may_sedate: bool

    @property
    def sentence(self) -> str:
        return f"“{self.found}” is {self.what}: which one is it?"


def groups_in(text: str) -> list[Group]:
    """Each word for a group in the text, once. None where the text names as many medicines as it has such words."""
    words = _plain(text) if len(text) <= _LONGEST_NOTE else ""
    found = {match[0]: kind for pattern, kind in _kinds() for match in pattern.finditer(words)}
    if not found or len(vocabulary().mentioned(text)) >= len(found):
        return []
    return [Group(word, *kind) for word, kind in sorted(found.items(), key=lambda item: words.index(item[0]))]


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], tuple[str, bool]], ...]:
    return tuple(_read(resources.files(__package__).joinpath("groups.toml").read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[tuple[re.Pattern[str], tuple[str, bool]]]:
    """Raises: VocabularyError."""
    for key, kind in tomllib.loads(text).items():
        if set(kind) != _FIELDS or not all(said == _plain(said, "*") for said in kind["said"]):
            raise VocabularyError(f"groups.toml, {key}: has {', '.join(sorted(_FIELDS))}, in small letters")
        said = sorted(kind["said"], key=len, reverse=True)  # the longest wins
        words = "|".join(re.escape(word).replace(r"\*", _MEDICINE) for word in said)
        yield re.compile(rf"\b(?:{words})s?\b"), (kind["is"], kind["may_sedate"])


def _plain(text: str, also: str = "") -> str:
    """Words in small letters, one space apart, without punctuation but for the signs in `also`."""
    bare = re.sub(r"['’.]", "", normalise(text))
    return " ".join(re.sub(rf"[^\w{re.escape(also)}]+", " ", bare).split())
