"""Names: as they may be written down, and as keys to search by (a range over bytes, the same on
every database)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from taperplanner.invisible import is_invisible

KEY_BYTES: Final = 240
AFTER_EVERY_KEY: Final = b"\xff"  # never begins a UTF-8 character

# Letters that Unicode does not take apart, as they are typed on a keyboard that lacks them.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_MRN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./#_-]*")


class NotAName(ValueError):
    """What was typed cannot stand as a name or number; the message says what to do."""


def clean_name(text: str) -> str:
    """The name in composed letters, its words one space apart. Empty stays empty.

    Raises: NotAName, if a character would be invisible or turn the reading order round.
    """
    # A tab or a line's end, as a paste brings them, is a space; every other control is refused.
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if any(is_invisible(character) for character in text):
        raise NotAName("The name holds an invisible character; type it again.")
    if text and not any(character.isalpha() for character in text):
        raise NotAName("The name holds no letter; type it in letters.")
    return text


def clean_mrn(text: str) -> str:
    """Plain characters only: two numbers that look alike are the same number. Raises: NotAName."""
    text = " ".join(text.split())
    if any(is_invisible(character) for character in text):
        raise NotAName("The MRN holds an invisible character; type it again.")
    if text and not _MRN.fullmatch(text):
        raise NotAName("Enter the MRN in the letters A to Z, digits, and - . / # _ only.")
    return text


def list_name(given_name: str, family_name: str) -> str:
    """As a list is sorted: "Rivera, Ana"."""
    return f"{family_name}, {given_name}" if given_name else family_name


def name_key(*parts: str) -> bytes:
    """Letters without accents or case, words one space apart. Shape: UTF-8, at most 240 bytes."""
    text = unicodedata.normalize("NFKD", " ".join(parts)).casefold().translate(_PLAIN)
    kept = "".join(character for character in text if not unicodedata.combining(character))
    # A vowel sign is part of its word, though it is no letter by itself.
    is_kept = (character.isalnum() or unicodedata.category(character)[0] == "M" for character in kept)
    words = "".join(character if keep else " " for character, keep in zip(kept, is_kept, strict=True)).split()
    key = " ".join(words).encode()[:KEY_BYTES]
    return key.decode(errors="ignore").encode()


def keys_of(given_name: str, family_name: str, preferred_name: str, mrn: str) -> set[bytes]:
    """Every key a patient is found under: each word, and the names and MRN run together.

    Run together, because "王小明" is typed without a space and "OBrien" without its apostrophe.
    """
    keys = set(name_key(given_name, family_name, preferred_name).split()) | set(name_key(mrn).split())
    family, given = _run_together(family_name), _run_together(given_name)
    keys |= {family, given, family + given, given + family, _run_together(preferred_name), _run_together(mrn)}
    return {key[:KEY_BYTES] for key in keys} - {b""}


def _run_together(text: str) -> bytes:
    return name_key(text).replace(b" ", b"")
