"""Text: what of it may be stored, what of it is seen, and what joins its letters.

    as_line("Ana \\u200e Li")         'Ana Li': a mark that came with a paste is left out
    as_line("A\\u202ena")            raises Hidden: "after “A”"
    as_line("علی\\u200cرضا")          as it is: the joiner changes how the letters are written

The one definition for the whole product. An invisible character splits a word for a machine, or makes
a reader see 5.0 for 0.5. Of the two joiners those are kept that the rules CONTEXTJ of IDNA (RFC 5892,
appendix A) allow, which UTS 46 follows, and one more: before a virama, where Bengali writes "র‍্যা".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_LETTERS: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Marks that word processors, web pages, PDFs and address books put into what is copied from them: soft
# hyphens, zero-width spaces, byte order marks, and marks of direction that turn no letter round. An
# override turns them, and is no such mark.
_PASTED: Final = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_VIRAMA: Final = 9  # the combining class of the signs that take a vowel away
# Arabic letters that join nothing after them, so that a joiner there would change nothing (ArabicShaping, R and U).
_JOINS_NOTHING_AFTER: Final = frozenset(
    map(
        chr,
        (
            0x621, 0x622, 0x623, 0x624, 0x625, 0x627, 0x629, 0x62F, 0x630, 0x631, 0x632, 0x648, 0x671, 0x672, 0x673,
            0x674, 0x675, 0x676, 0x677, *range(0x688, 0x69A), 0x6C0, *range(0x6C3, 0x6CC), 0x6CD, 0x6CF, 0x6D2, 0x6D3,
            0x6D5, 0x6EE, 0x6EF,
        ),
    )
)  # fmt: skip
_SHOWN_BEFORE: Final = 16  # characters of the text that name the place of what follows them
# However a browser, a word processor or a PDF ends a line.
_LINE_END: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


class Hidden(ValueError):
    """An invisible character that is no mark of a paste. The message is its place: "after “An”"."""


def as_typed(text: str) -> str:
    """How text is stored: its letters composed, its lines ended alike, no marks of a paste. Raises: Hidden."""
    return visible(unicodedata.normalize("NFC", _LINE_END.sub("\n", text)), lines=True).strip()


def as_line(text: str) -> str:
    """The same as one line, its words one space apart. Raises: Hidden."""
    return _spaced_once(as_typed(_spaced_once(text)))


def as_lines(text: str) -> str:
    """The same over several lines. Raises: Hidden."""
    return "\n".join(map(_spaced_once, as_typed(text).split("\n"))).strip()


def decomposed(text: str) -> str:
    """Each accent a character of its own, and one way of writing what has several. Never stored: for keys only."""
    return unicodedata.normalize("NFKD", text)


def without_accents(decomposed: str) -> str:
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def visible(text: str, *, lines: bool = False) -> str:
    """The text without the marks of a paste. `lines`: line ends and tabs may stand in it. Raises: Hidden."""
    text = without_pasted(text)
    allowed = {_NON_JOINER, _JOINER, *("\n\t" if lines else "")}
    for index, character in enumerate(text):
        if is_invisible(character) and character not in allowed:
            raise Hidden(_place(text, index))
    return text


def hidden_in(text: str) -> str:
    """The place of the first invisible character in some lines of text; empty where there is none."""
    for index, character in enumerate(text):
        if is_invisible(character) and character not in "\r\n\t" and not _joins(text, index):
            return _place(text, index)
    return ""


def without_pasted(text: str) -> str:
    """Without the marks that come with a paste, and without joiners where they change no letter."""
    if text.isascii():
        return text
    text = "".join(character for character in text if character not in _PASTED)
    return "".join(
        character
        for index, character in enumerate(text)
        if character not in {_NON_JOINER, _JOINER} or _joins(text, index)
    )


def is_invisible(character: str) -> bool:
    return character in _LETTERS or character in _PASTED or unicodedata.category(character) in _CATEGORIES


def is_part_of_word(character: str) -> bool:
    """A visible letter or digit, or a sign that is written on one, as a vowel is in Hindi."""
    is_seen = not is_invisible(character) and not _selects_a_shape(character)
    return is_seen and (character.isalnum() or unicodedata.category(character)[0] == "M")


def _spaced_once(line: str) -> str:
    return " ".join(line.split())


def _joins(text: str, index: int) -> bool:
    """Whether the character there is a joiner where a script needs one."""
    character, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if character not in {_NON_JOINER, _JOINER} or not before:
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if character == _JOINER:
        return bool(after) and unicodedata.combining(after) == _VIRAMA and before.isalpha()
    left = _letter(reversed(text[:index]))
    return _is_cursive(left) and left not in _JOINS_NOTHING_AFTER and _is_cursive(_letter(text[index + 1 :]))


def _letter(text: Iterable[str]) -> str:
    """The first character of it that is no mark on another one."""
    return next((each for each in text if unicodedata.category(each)[0] != "M"), "")


def _is_cursive(letter: str) -> bool:
    """Of the scripts whose letters join: Arabic and its kin."""
    return bool(letter) and letter.isalpha() and unicodedata.bidirectional(letter) == "AL"


def _selects_a_shape(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _place(text: str, index: int) -> str:
    before = "".join(" " if is_invisible(each) else each for each in text[:index])[-_SHOWN_BEFORE:].strip()
    return f"after “{before}”" if before else "at the beginning"
