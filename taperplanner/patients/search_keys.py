"""Keys that find a patient by phone, by part of a word of the name, and by one typing error. Pure.

    by phone              the digits, last digit first: whoever types the end of a number finds it by a range
    by part of a word     a word from each of its letters on: "ivera" begins what is left of "rivera"
    by one typing error   a word, and the word without each of its letters: two words that are one slip apart share one

So each way is a few looks at one index, on every database, however many patients a clinic has. Each kind of key begins
with a byte of its own, which begins no name and no MRN.
"""

from __future__ import annotations

import re
from typing import Final

from taperplanner.phones import FEWEST_DIGITS, numbers_in

from .names import name_key, run_together
from .vocabulary.near import distance

PHONE: Final = b"\x01"
PART: Final = b"\x02"
SLIP: Final = b"\x03"
AFTER_THESE: Final = b"\x04"

SHORTEST_PART: Final = 3
PART_LETTERS: Final = 12  # of a longer part only these are looked up; the rest is compared
SHORTEST_WITH_SLIP: Final = 4
LONGEST_WITH_SLIP: Final = 20
MOST_PARTS: Final = 40  # of one word
_WORD: Final = re.compile(r"[^\s\-\u2010-\u2015]+")


def finding_keys(given_name: str, family_name: str, preferred_name: str, phone: str) -> set[bytes]:
    """Beside those of `names.keys_of`."""
    keys = {PHONE + number[::-1].encode() for number in numbers_in(phone)}
    for word in name_words(given_name, family_name, preferred_name):
        keys |= {PART + part.encode() for part in _parts(word)} | {SLIP + one.encode() for one in slips(word)}
    return keys


def name_words(*names: str) -> set[str]:
    """Each word, and each with its signs left out: "O'Brien" is three, "o", "brien" and "obrien"."""
    words = set(name_key(*names).split())
    words |= {run_together(word) for name in names for word in _WORD.findall(name)}
    return {word.decode(errors="ignore") for word in words} - {""}


def slips(word: str) -> set[str]:
    """The word and, of four letters or more, what is left without one of them."""
    if not SHORTEST_WITH_SLIP - 1 <= len(word) <= LONGEST_WITH_SLIP:
        return set()
    without = {word[:place] + word[place + 1 :] for place in range(len(word))}
    return {word} | (without if len(word) >= SHORTEST_WITH_SLIP else set())


def is_slip(typed: str, word: str) -> bool:
    """One letter added, left out, exchanged, or swapped with its neighbour; the longer has four letters or more."""
    longer = max(len(typed), len(word))
    return SHORTEST_WITH_SLIP <= longer <= LONGEST_WITH_SLIP and distance(typed, word, 1) <= 1


def is_part(typed: str, word: str) -> bool:
    return len(typed) >= SHORTEST_PART and typed in word


def phone_ends(number: str) -> tuple[bytes, list[bytes]]:
    """How the keys begin of numbers that end with this one, and the keys of shorter ones with which it ends."""
    backwards = number[::-1]
    return (
        PHONE + backwards.encode(),
        [PHONE + backwards[:length].encode() for length in range(FEWEST_DIGITS, len(backwards))],
    )


def _parts(word: str) -> set[str]:
    starts = range(1, min(len(word) - SHORTEST_PART, MOST_PARTS) + 1)
    return {word[start : start + PART_LETTERS] for start in starts}
