"""Names: as they may be written down, and as keys to search by (a range over bytes, the same on
every database)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from taperplanner.text import Hidden, is_part_of_word, visible, without_pasted

KEY_BYTES: Final = 240
AFTER_EVERY_KEY: Final = b"\xff"  # never begins a UTF-8 character

# Letters that Unicode does not take apart, as they are typed on a keyboard that lacks them.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Letters and signs that stand for an apostrophe or a breath: the ʻokina and its kin. People type them, or an
# apostrophe, or nothing.
_BREATHS: Final = dict.fromkeys(
    map(
        ord,
        "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c0\u02c1\u02c8\u02ca\u02cb\u02ee\u07f4\u07f5\ua78b\ua78c",
    ),
    " ",
)
_MRN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./#_-]*")


class NotAName(ValueError):
    """What was typed cannot stand as a name or number; the message says what to do."""


def clean_name(text: str) -> str:
    """The name in composed letters, its words one space apart. Empty stays empty.

    Marks that come with a paste are left out. Raises: NotAName, if another character would be invisible or turn
    the reading order round.
    """
    # A tab or a line's end, as a paste brings them, is a space; every other control is refused.
    text = " ".join(without_pasted(unicodedata.normalize("NFC", text)).split())
    text = _seen(text, "name")
    if text and not any(character.isalpha() for character in text):
        raise NotAName("The name holds no letter; type it in letters.")
    return text


def clean_mrn(text: str) -> str:
    """Plain characters only: two numbers that look alike are the same number. Raises: NotAName."""
    text = " ".join(without_pasted(text).split())
    text = _seen(text, "MRN")
    if text and not _MRN.fullmatch(text):
        raise NotAName("Enter the MRN in the letters A to Z, digits, and - . / # _ only.")
    return text


def list_name(given_name: str, family_name: str) -> str:
    """As a list is sorted: "Rivera, Ana"."""
    return f"{family_name}, {given_name}" if given_name else family_name


def name_key(*parts: str) -> bytes:
    """Letters without accents or case, words one space apart. Shape: UTF-8, at most 240 bytes."""
    text = without_pasted(unicodedata.normalize("NFKD", " ".join(parts)).casefold())
    text = text.translate(_PLAIN).translate(_BREATHS)
    kept = (character for character in text if not unicodedata.combining(character))
    words = "".join(character if is_part_of_word(character) else " " for character in kept).split()
    key = " ".join(words).encode()[:KEY_BYTES]
    return key.decode(errors="ignore").encode()


def keys_of(given_name: str, family_name: str, preferred_name: str, mrn: str) -> set[bytes]:
    """Every key a patient is found under: each word, its parts, and the names and MRN run together.

    Run together, because "王小明" is typed without a space, and "Kahauʻolu" without the sign in it.
    """
    keys = set(name_key(given_name, family_name, preferred_name).split()) | set(name_key(mrn).split())
    keys |= {
        run_together(word) for name in (given_name, family_name, preferred_name) for word in name.split()
    }
    family, given = run_together(family_name), run_together(given_name)
    keys |= {family, given, family + given, given + family, run_together(preferred_name), run_together(mrn)}
    return {key[:KEY_BYTES] for key in keys} - {b""}


def run_together(*parts: str) -> bytes:
    """The key without its spaces: what two ways of writing one name, or one number, have in common."""
    return b"".join(name_key(part).replace(b" ", b"") for part in parts)[:KEY_BYTES]


def _seen(text: str, what: str) -> str:
    try:
        return visible(text)
    except Hidden as place:
        raise NotAName(f"The {what} holds an invisible character {place}; type it again.") from place
