"""Error-prone spellings in what a person typed, and the safe spelling of the same value.

    >>> [(finding.found, finding.safe) for finding in find_unsafe("1.0mg QD, 1/2 tab HS")]
    [('1.0mg', '1 mg'), ('QD', 'daily'), ('1/2 tab', 'half a tablet'), ('HS', 'at bedtime')]

Nothing is changed until the author accepts it, and no other amount is ever offered. A spelling with
more than one meaning is offered each of them: the page asks, and takes none of them for granted.

JC    Joint Commission, Official "Do Not Use" List: U, IU, QD, QOD, trailing zero, naked decimal, MS, MSO4,
      MgSO4. Found wherever they may stand: a false alarm costs less than a miss.
      https://www.jointcommission.org/facts_about_do_not_use_list/
ISMP  List of Error-Prone Abbreviations, Symbols, and Dose Designations, 2024 and before. The rest of it is
      found only where it can be nothing else: a miss costs less than a false alarm.
      https://www.ismp.org/news/ismp-updates-list-error-prone-abbreviations-symbols-and-dose-designations

Left alone, and why:
  mL and ml             what the lists say to write
  BID, TID, QID         on neither list; plainer words would have to choose the times of day
  OD, OS, AS, SC, IN    too often something else: an overdose, a state, a word
  MS with no number     as often multiple sclerosis; SSRI: here a class of drugs, not a sliding scale
  ½ ¼ ¾                 what the product itself prints, beside words; no rule offers them
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from . import amounts, signs, words
from .context import Choices


@dataclass(frozen=True, slots=True)
class Finding:
    """A spelling in a text: where it stands (`text[start:end]`), and what is safe for exactly that span."""

    start: int
    end: int
    found: str
    safe: str
    others: Choices = ()  # what else it may mean

    @property
    def choices(self) -> Choices:
        return (self.safe, *self.others)

    @property
    def key(self) -> str:
        """Its name in this text, by which a reason to keep it is remembered."""
        return f"{self.start}:{self.found}"

    @property
    def sentence(self) -> str:
        why = "has more than one meaning" if self.others else "can be misread"
        choices = " or ".join(f"“{choice.strip()}”" for choice in self.choices)
        return f"“{self.found.strip()}” {why}. Write {choices}."

    def meaning(self, choice: str) -> Finding:
        """The same finding with the meaning that the author chose. Raises: ValueError if it is not one."""
        if choice not in self.choices:
            raise ValueError(choice)
        return replace(self, safe=choice, others=())


def find_unsafe(text: str) -> list[Finding]:
    """What can be misread, from left to right; no two overlap. With all of it replaced, there is none."""
    # As many characters as before, so that an offset stays what it is.
    readable = _ADDRESS.sub(lambda match: "_" * len(match[0]), text).replace("SO4", "SO₄").replace("⁄", "/")
    found = [
        Finding(*match.span(), text[slice(*match.span())], choices[0], choices[1:])
        for pattern, write in _RULES
        for match in re.finditer(pattern, readable)
        if (choices := write(match))
    ]
    apart: list[Finding] = []
    for finding in sorted(found, key=lambda finding: (finding.start, -finding.end)):
        if not apart or finding.start >= apart[-1].end:
            apart.append(finding)
    return apart


def with_one_meaning(text: str) -> str:
    """The text in safe spelling, but for what has more than one meaning: only its author knows which."""
    return with_safe(text, [finding for finding in find_unsafe(text) if not finding.others])


def with_safe(text: str, findings: Iterable[Finding]) -> str:
    """The text with exactly these replaced. Raises: ValueError if one is not of this text, or they overlap."""
    parts: list[str] = []
    end = 0
    for finding in sorted(findings, key=lambda finding: finding.start):
        if finding.start < end or text[finding.start : finding.end] != finding.found:
            raise ValueError(finding.key)
        parts += text[end : finding.start], finding.safe
        end = finding.end
    return "".join((*parts, text[end:]))


_ADDRESS: Final = re.compile(
    r"https?://\S+|www\.\S+|[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[^\W\d_]{2,24}(?!\w)"
)
# What each is read as, and whose list has it. Where two match at once, the one that starts first holds.
_RULES: Final = (*amounts.RULES, *words.RULES, *signs.RULES)
