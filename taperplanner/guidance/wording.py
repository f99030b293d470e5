"""What a guidance text may not contain: markup, spellings that cause errors, and doses.

Source of the spellings: ISMP's list of error-prone abbreviations and dose designations.
"""

from __future__ import annotations

import re
from typing import Final

MARKUP: Final = re.compile(r"[<>]|&\w+;|&#|\*\*|\]\(|`|^#", re.MULTILINE)
TRAILING_ZERO: Final = re.compile(r"\d\.0+(?!\d)")
NAKED_DECIMAL: Final = re.compile(r"(?<![\d.])\.\d")
RUN_TOGETHER: Final = re.compile(r"\d(?:mg|mcg|mL|ml|g)\b")
SLASH_FRACTION: Final = re.compile(r"\b1/[248]\b")
ABBREVIATIONS: Final = re.compile(
    r"\b(?:q1d|qhs|qn|HS|hs|BT|OD|D/C|IU|cc|ss|[Pp]er os|prn|PRN)\b"
    r"|\b[bt]\.?i\.?d\b|\b[qQ]\.?(?:[oO]\.?)?[dD]\b|[µμ]g\b"
)

_UNIT = r"(?:mg|mcg|[µμ]g|g|ml|mL|(?:milli|micro)?grams?|millilit(?:er|re)s?|tablets?|drops?|per\s?cent)\b|%"
_WORD = (
    r"(?:half|third|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|twenty-five|thirty|forty|fifty)"
)
DOSE: Final = re.compile(
    rf"[\d½¼¾⅛]\s?(?:-\s?)?(?:{_UNIT})|\b{_WORD}\s(?:of\s)?(?:an?\s)?(?:{_UNIT})", re.IGNORECASE
)

# How often a dose is changed, or over how long. How often a patient is seen or a taper is reviewed is no pace.
_COUNT = rf"(?:\d+|{_WORD}|few|several|other|second)"
_TIME = r"(?:hours?|days?|nights?|weeks?|fortnights?|months?)"
_PERIOD = (
    rf"(?:\b(?:every|each|per|over|within)\s(?:an?\s)?(?:{_COUNT}\s)?(?:(?:to|or)\s{_COUNT}\s)?{_TIME}\b"
    rf"|\b(?:once|twice)\sa\s{_TIME}\b|\b(?:daily|nightly|weekly|fortnightly|monthly)\b(?!\s(?:doses?|use)\b))"
)
_CHANGE = (
    r"\b(?:reduc\w+|decreas\w+|lower\w*|cut(?:s|ting)?|steps?|taper\w*|halv\w+|go(?:es|ing)?\sdown|doses?)\b"
)
_SEEN = r"\b(?:review\w*|contact\w*|seen|called|checked|evaluated|visit\w*|asked)\b"
_BETWEEN = rf"(?:(?!{_SEEN})[^.;:])*?"
PACE_OF_STEPS: Final = re.compile(
    rf"{_CHANGE}{_BETWEEN}{_PERIOD}|{_PERIOD}{_BETWEEN}{_CHANGE}|\b(?:step|reduction)s?\sa\s{_TIME}\b",
    re.IGNORECASE,
)

# A patient text states no number but the two that are called, in figures or in words, in any language.
NUMBER: Final = re.compile(r"[\d½¼¾⅛]+")
TELEPHONES: Final = frozenset({"911", "988"})
_SPANISH_NUMBER = (
    r"(?:media|medio|mitad|tercio|cuarto|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
)
_SPANISH_UNIT = (
    r"(?:(?:mili|micro)?gramos?|mililitros?|tabletas?|pastillas?|comprimidos?|gotas?)\b|por ciento\b"
)
SPANISH_DOSE: Final = re.compile(
    rf"\b{_SPANISH_NUMBER}s?\s(?:de\s)?(?:una?\s|la\s)?(?:{_SPANISH_UNIT})", re.IGNORECASE
)


def unfit(text: str, *, may_state_pace: bool = False) -> str | None:
    """Why a text may not be shown, as a sentence that says what to do; None when it may."""
    rules = (
        (MARKUP, "Text is plain: remove the markup"),
        (TRAILING_ZERO, "Write the number without a trailing zero"),
        (NAKED_DECIMAL, "Write a zero before the decimal point"),
        (RUN_TOGETHER, "Put a space between number and unit"),
        (SLASH_FRACTION, "Write the fraction as a word or a single character"),
        (ABBREVIATIONS, "Write the abbreviation out in full"),
    )
    for pattern, advice in rules:
        if found := pattern.search(text):
            return f"{advice} ({found.group()!r})."
    if not may_state_pace and (dose := DOSE.search(text)):
        return f"A dose-like number may stand only in an entry with only_on_guidance_page ({dose.group()!r})."
    if not may_state_pace and (pace := PACE_OF_STEPS.search(text)):
        return f"A pace may stand only in an entry with only_on_guidance_page ({pace.group()!r})."
    return None


def unfit_for_patients(text: str) -> str | None:
    """The same for what is printed for patients, where no figure may stand but 911 and 988."""
    if reason := unfit(text):
        return reason
    if number := next((each for each in NUMBER.findall(text) if each not in TELEPHONES), None):
        return f"A patient text has no number but 911 and 988 ({number!r})."
    if dose := SPANISH_DOSE.search(text):
        return f"A patient text has no dose-like number ({dose.group()!r})."
    return None
