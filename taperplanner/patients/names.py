"""Names as a list is sorted, and as keys to search by (a range over bytes, the same on every database)."""

from __future__ import annotations

from typing import Final

from taperplanner.text import decomposed, is_part_of_word, without_accents, without_pasted

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


def list_name(given_name: str, family_name: str) -> str:
    """As a list is sorted: "Rivera, Ana"."""
    return f"{family_name}, {given_name}" if given_name else family_name


def name_key(*parts: str) -> bytes:
    """Letters without accents or case, words one space apart. Shape: UTF-8, at most 240 bytes."""
    text = without_pasted(decomposed(" ".join(parts)).casefold())
    text = without_accents(text.translate(_PLAIN).translate(_BREATHS))
    words = "".join(character if is_part_of_word(character) else " " for character in text).split()
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
