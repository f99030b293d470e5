"""Whole numbers in words, so that a number which was typed is read back letter by letter.

    >>> in_english(1234)
    'one thousand, two hundred and thirty-four'
    >>> in_spanish(21)
    'veintiuno'
    >>> in_spanish(21, feminine=True)
    'veintiuna'

The parsers of `doses` accept no whole number beyond LARGEST; here it raises ValueError.
"""

from __future__ import annotations

from typing import Final

LARGEST: Final = 9_999

_ENGLISH: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_SPANISH: Final = (
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once"),
    *("doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve"),
    *("veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis"),
    *("veintisiete", "veintiocho", "veintinueve"),
)
_SPANISH_TENS: Final = ("treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_SPANISH_HUNDREDS: Final = (
    *("ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos"),
    *("seiscientos", "setecientos", "ochocientos", "novecientos"),
)


def in_english(number: int) -> str:
    _check(number)
    thousands, rest = divmod(number, 1_000)
    if not thousands:
        return _english_below_1000(rest)
    words = f"{_ENGLISH[thousands]} thousand"
    if not rest:
        return words
    return f"{words}{' and' if rest < 100 else ','} {_english_below_1000(rest)}"  # noqa: PLR2004


def in_spanish(number: int, *, feminine: bool = False) -> str:
    """Feminine: as tablets are counted, "doscientas una"."""
    _check(number)
    thousands, rest = divmod(number, 1_000)
    words = []
    if thousands:
        words.append("mil" if thousands == 1 else f"{_SPANISH[thousands]} mil")
    if rest or not thousands:
        words.append(_spanish_below_1000(rest, feminine=feminine))
    return " ".join(words)


def _check(number: int) -> None:
    if not 0 <= number <= LARGEST:
        raise ValueError(f"A number from 0 to {LARGEST} is said in words, and not {number}.")


def _english_below_1000(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _english_below_100(rest)
    words = f"{_ENGLISH[hundreds]} hundred"
    return f"{words} and {_english_below_100(rest)}" if rest else words


def _english_below_100(number: int) -> str:
    if number < len(_ENGLISH):
        return _ENGLISH[number]
    tens, ones = divmod(number, 10)
    words = _ENGLISH_TENS[tens - 2]
    return f"{words}-{_ENGLISH[ones]}" if ones else words


def _spanish_below_1000(number: int, *, feminine: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if number == 100:  # noqa: PLR2004 - "cien" alone, "ciento" before more
        return "cien"
    if not hundreds:
        return _spanish_below_100(rest, feminine=feminine)
    words = _SPANISH_HUNDREDS[hundreds - 1]
    if feminine and hundreds > 1:
        words = f"{words.removesuffix('os')}as"
    return f"{words} {_spanish_below_100(rest, feminine=feminine)}" if rest else words


def _spanish_below_100(number: int, *, feminine: bool) -> str:
    if number < len(_SPANISH):
        words = _SPANISH[number]
    else:
        tens, ones = divmod(number, 10)
        words = _SPANISH_TENS[tens - 3]
        if ones:
            words = f"{words} y {_SPANISH[ones]}"
    return f"{words.removesuffix('o')}a" if feminine and words.endswith("uno") else words
