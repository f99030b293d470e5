"""Numbers, their units, and parts of a tablet."""

from __future__ import annotations

import re
from typing import Final

from .context import NAMES_A_DAY, NAMES_A_NUMBER, NAMES_A_TIME, POINT, Choices, Rule, before, says, word

_NUMBER: Final = r"(?P<number>(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})++|[0-9]++)?(?:\.(?P<decimals>[0-9]++))?)"
MEASURE: Final = r"(?i:mgs?|mcgs?|mls?|[µμ]g|ug|ccs?)"
COUNTED: Final = r"(?i:tablets?|tabs?|pills?)"
_UNIT: Final = (
    rf"(?!(?i:ccs?)(?::|\s?Dr)){MEASURE}|{COUNTED}|(?i:kg|meq|units?|nanog|iu)|[gL]|I\.U{POINT}"
    r"|[Uu](?!\.\w|-(?:40|100|200|300|500)(?!\w|\s?[Uu]\b))"  # the U in "2 U-100 syringes" is no dose
)
_RESPELLED: Final = {"µg": "mcg", "μg": "mcg", "ug": "mcg", "cc": "mL", "ccs": "mL"}
_SPELLED_OUT: Final = {"u": "unit", "iu": "unit", "nanog": "nanogram"}
_PARTS: Final = {
    "1/2": ("half a {}", "a half", "5"),
    "1/4": ("a quarter of a {}", "a quarter", "25"),
    "3/4": ("three quarters of a {}", "three quarters", "75"),
}
_WORDS: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ZEROS: Final = r"(?:\.0{1,5})?"
_MONTH_OF: Final = {"1": "January", "3": "March"}
_TO_THE_RIGHT: Final = r"(?:[0-9]{1,3}\s{1,2})?[0-9./½¼¾]+\s{0,3}(?i:tab|pill)"
_FRACTION: Final = (
    rf"(?<![\w./])(?<![0-9][,:])(?:(?P<whole>[0-9]{{1,3}}){_ZEROS}(?P<join>\s{{1,2}}|\s?-\s?|\sand\s))?"
    rf"(?P<part>(?:1{_ZEROS}/2|[13]{_ZEROS}/4){_ZEROS})"
    rf"(?:\s?-?(?:(?:(?:of\s)?an?\s)?(?P<noun>(?i:tabs?){POINT}|{COUNTED})|(?P<unit>{_UNIT}))(?!\w)"
    rf"|(?P<dash>\s?[-–]\s?)(?={_TO_THE_RIGHT})|(?=\s(?:to|or)\s{_TO_THE_RIGHT}))"
)


def _bare_fraction(match: re.Match[str]) -> Choices:
    """Without its noun: alone it may be a date too, so its author is asked."""
    if before(match, rf"{NAMES_A_NUMBER}|\b(?i:{'|'.join(_WORDS[1:])})"):
        return ()
    plain = re.sub(r"\.0+", "", match["part"])
    top, _, bottom = plain.partition("/")
    part = _PARTS[plain][1]
    if not match["whole"]:
        return part, f"{_MONTH_OF[top]} {bottom}"
    whole = int(match["whole"])
    together = f"{_WORDS[whole] if 0 < whole < len(_WORDS) else whole} and {part}"
    if "-" in match["join"]:
        return together, f"{whole} or {part}"
    return (f"{whole}, {part}", together) if before(match, NAMES_A_DAY) else (together,)


def _decimal_comma(match: re.Match[str]) -> Choices:
    """Three digits after a comma are thousands, unless a zero stands before it."""
    whole, decimals = match["whole"], match["decimals"]
    is_decimal = whole == "0"
    if (len(decimals) == len("000") and not is_decimal) or before(match, f"{NAMES_A_NUMBER}|{NAMES_A_DAY}"):
        return ()
    unit = f" {_unit(match['unit'], '')}" if match["unit"] else ""
    rest = decimals.rstrip("0")
    point = f"{whole}.{rest}{unit}" if rest else f"{whole}{unit}"
    return (point,) if is_decimal else (point, f"{whole}, {decimals}{unit}")


def _unit(unit: str, number: str) -> str:
    plain = unit.lower().replace(".", "")
    if plain in _SPELLED_OUT:
        return _SPELLED_OUT[plain] + ("" if number == "1" else "s")
    return _RESPELLED.get(plain, unit)


def _amount(match: re.Match[str]) -> Choices:
    """A number and, where it has one, its unit: the zeros, the space between and the unit made safe at once."""
    decimals = (match["decimals"] or "").rstrip("0")
    number = f"{match['whole'] or 0}.{decimals}" if decimals else match["whole"] or "0"
    if not match["unit"]:
        return () if number == match["number"] or _is_no_amount(match) else (number,)
    name = f"{match['name']} " if match["name"] else ""
    safe = f"{name}{number}{match['gap'] or ' '}{_unit(match['unit'], number)}"
    return () if safe == match[0] else (safe,)


def _is_no_amount(match: re.Match[str]) -> bool:
    if before(match, NAMES_A_NUMBER) or re.fullmatch(r"[0-9]{3}\.[0-9]{4}", match["number"]):
        return True  # a price, a version, a code, the end of a phone number
    if not re.fullmatch(r"(?:[1-9]|[12][0-9]|3[01])\.[0-5][0-9]", match["number"]):
        return False
    right = match.string[match.end() : match.end() + 10]
    return before(match, NAMES_A_TIME) or bool(re.match(r"(?i)\s?(?:[ap]\.?m\b|o.clock)", right))


def _fraction(match: re.Match[str]) -> Choices:
    whole = int(match["whole"] or 0)
    if not whole and before(match, rf"\b(?i:{'|'.join(_WORDS[1:])})"):
        return ()  # "two 1/2 tabs": two halves, or two and a half?
    one, more, decimals = _PARTS[re.sub(r"\.0+", "", match["part"])]
    if match["unit"]:
        unit = _unit(match["unit"], "")
        one, many = f"0.{decimals} {unit}", f"{whole}.{decimals} {unit}"
    else:
        right = match["noun"] or match.string[match.end() : match.end() + 24]
        noun = "pill" if "pill" in right.lower() else "tablet"
        count = _WORDS[whole] if whole < len(_WORDS) else str(whole)
        one, many = one.format(noun), f"{count} and {more} {noun}s"
    to = " to " if match["dash"] else ""
    if not whole:
        return (one + to,)
    if "-" in match["join"]:
        return (many + to, f"{whole} or {one}{to}")
    if before(match, NAMES_A_DAY):
        return (f"{whole}, {one}{to}", many + to)
    return (many + to,)


_AMOUNT: Final = (
    rf"(?<![\w.$€£])(?<![0-9],)(?P<name>)(?=\.?[0-9]){_NUMBER}"
    rf"(?:(?P<gap>\s{{0,3}})(?P<unit>{_UNIT})(?!\w)|(?!\w)(?![.,][0-9]))"
)
_RUN_TOGETHER: Final = (
    rf"(?<!\w)(?!(?i:subq|nanog|units?|(?:ss)?{COUNTED})[0-9])(?P<name>[A-Za-z]{{4,40}})(?=[0-9])"
    rf"{_NUMBER}(?P<gap>\s{{0,3}})(?P<unit>{MEASURE})(?!\w)"
)
_BARE_FRACTION: Final = (
    r"(?<![\w./½¼¾])(?<![0-9][,:])(?:(?P<whole>[0-9]{1,3})(?P<join>\s{1,2}|\s?-\s?|\sand\s))?"
    rf"(?P<part>(?:1{_ZEROS}/2|[13]{_ZEROS}/4){_ZEROS})"
    r"(?![\w/½¼¾]|[.,][0-9])"
    rf"(?!\s?-?(?:(?:of\s)?an?\s)?(?:{COUNTED}|{_UNIT})(?!\w)|\s?[-–]\s?{_TO_THE_RIGHT}|\s(?:to|or)\s{_TO_THE_RIGHT})"
)
_DECIMAL_COMMA: Final = (
    r"(?<![\w.,/$€£])(?P<whole>0|[1-9][0-9]{0,3}),(?P<decimals>[0-9]++)"
    rf"(?:(?P<gap>\s{{0,3}})(?P<unit>{_UNIT})(?!\w)|(?!\w)(?![.,/][0-9]))"
)

RULES: Final[tuple[Rule, ...]] = (
    # JC, ISMP: 1.0 read as 10, .5 as 5, U as 0, 4 or cc, IU as IV, µg as mg. ISMP: 10mg as 100 mg; nanog.
    (_AMOUNT, _amount),
    # ISMP: Tegretol300 mg read as Tegretol 1300 mg.
    (_RUN_TOGETHER, _amount),
    # The same where no number stands before them. IU Health is a hospital.
    (word(rf"(?:IU|I\.U{POINT})") + r"(?!\s(?:Health|School|Medical|Hospital))", says("units")),
    (r"(?<![^\W0-9])[µμ]g(?!\w)", says("mcg")),
    (r"(?<=[½¼¾])\s?(?i:ccs?)(?!\w)", says(" mL")),
    # ISMP: 1/2 tablet read as 1 or 2 tablets; since 2024 to be written in words.
    (_FRACTION, _fraction),
    # The same without its tablet: "take 1/2 at night".
    (_BARE_FRACTION, _bare_fraction),
    # A comma for a point, as most of the world writes it: 2,5 read as 2 or 5, or as 25.
    (_DECIMAL_COMMA, _decimal_comma),
)
