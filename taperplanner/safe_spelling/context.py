"""What every rule is made of: words whole, abbreviations with points or without, and what stands before."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

Choices = tuple[str, ...]
Write = Callable[[re.Match[str]], Choices]  # what is safe for what a pattern found; nothing if it is fine
Rule = tuple[str, Write]

# The point after q.d. belongs to it, unless a sentence ends there; q.d.s. is another word.
POINT: Final = r"(?:\.(?=\s{1,3}[a-z0-9(]|\s?[,;:)]))?"
END: Final = r"(?!\.?\w)"

NAMES_A_NUMBER: Final = r"[$€£]|(?<!\w)(?i:version|ver|v|section|table|page|code|ICD)\.?"
NAMES_A_TIME: Final = r"(?<!\w)(?i:at|by|on|until|till|before|after|around|@)"
NAMES_A_DAY: Final = (
    r"(?<!\w)(?i:days?|weeks?|wks?|months?|steps?|visit|phase|dose|no|room|at|by|on|@"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6})\.?"
)


def before(match: re.Match[str], pattern: str) -> bool:
    """Whether what stands to the left of it, spaces apart, ends so."""
    left = match.string[max(0, match.start() - 20) : match.start()]
    return re.search(rf"(?:{pattern})\s{{0,3}}\Z", left) is not None


def says(*templates: str) -> Write:
    return lambda match: tuple(match.expand(template) for template in templates)


def word(pattern: str) -> str:
    return rf"(?<![\w.]){pattern}{END}"


def initials(letters: str) -> str:
    """With points or without, in either case: qod, QOD, q.o.d., Q. O. D."""
    dotted = r"\.\s?".join(letters)
    return rf"(?:(?i:{dotted}){POINT}|(?i:{letters}))"
