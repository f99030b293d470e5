"""Signs that are read as digits, or as each other."""

from __future__ import annotations

import re
from typing import Final

from .amounts import COUNTED, MEASURE
from .context import Choices, Rule, before

_SIGNS: Final = {
    "@": "at", "&": "and", "+": "and", ">": "more than", "<": "less than",
    ">=": "at least", "≥": "at least", "<=": "at most", "≤": "at most",
}  # fmt: skip

_AN_AMOUNT: Final = rf"(?<![A-Za-z])(?:[0-9½¼¾]|{MEASURE}|{COUNTED}|(?i:kg|meq|units?|iu|u|g|l|nanog(?:rams?)?|days?|half|quarters?))"


def _sign(match: re.Match[str]) -> Choices:
    """A word for a sign, with a space where the sign touched something."""
    left = match.string[max(0, match.start() - 1) : match.start()]
    right = match.string[match.end() : match.end() + 1]
    gap = "" if not left or left.isspace() or left in "([/-–" else " "
    return (f"{gap}{_SIGNS[match[0]]}{'' if not right or right.isspace() else ' '}",)


def _compared(match: re.Match[str]) -> Choices:
    """Between two amounts, as in "2 mg > 1 mg", it is an arrow as often as it compares: left alone."""
    return () if before(match, _AN_AMOUNT) else _sign(match)


_SPACED: Final = r"(?<=[ \t])(?:{0})(?=[ \t])"
_COMPARES: Final = r"[<>]=?|[≤≥]"


RULES: Final[tuple[Rule, ...]] = (
    # ISMP, JC: @ read as 2; > as 7, < as L, and each as the other. ISMP: & read as 2, + as 4.
    (r"(?<![^\s(\[,;])@(?=\s{1,3}\S|\.?[0-9])|(?<=\w)@(?=\.?[0-9])", _sign),
    (rf"{_SPACED.format('&')}|(?<=[0-9½¼¾])&(?=\.?[0-9½¼¾])", _sign),
    (_SPACED.format(r"\+"), _sign),
    (rf"{_SPACED.format(_COMPARES)}|(?<![-=<>≤≥@&+])(?:{_COMPARES})(?=\s?\.?[0-9])", _compared),
)
