"""Abbreviations: how often, when, by which way, and drugs that are read as one another."""

from __future__ import annotations

import re
from typing import Final

from .context import END, POINT, Choices, Rule, before, initials, says, word

_ZEROS: Final = r"(?:\.0{1,5})?"


def _bedtime(match: re.Match[str]) -> Choices:
    if match["more"]:
        return ("at bedtime",)
    if match["short"] == "hs" and before(match, r"(?<![/0-9.])[0-9]++(?:\.[0-9]+)?"):
        return ()  # "8 hs" is hours in Spanish
    if before(match, r"(?<!\w)(?i:before|until|till|by|after|near|every|each)"):
        return ("bedtime",)
    return ("at bedtime", "half-strength") if match["short"] == "HS" else ("at bedtime",)


_AT_HS: Final = (
    r"(?<![\w.@])(?<!(?i:sub)[-\s])(?P<more>(?:(?i:at\s{1,2})|@\s?)?(?:(?i:q)[.\s]?)?)"
    rf"(?P<short>{initials('hs')}|BT){END}(?!\s(?i:diploma|graduate|student|senior|teacher|education))"
)

_PO: Final = word(rf"(?!Po|pO)(?:(?i:p\.\s?o){POINT}|(?i:po))") + r"(?!\.?\s?(?i:box)|['’-])"
RULES: Final[tuple[Rule, ...]] = (
    # ISMP: ss read as 55. Without a tablet it is a sliding scale.
    (r"(?<![\w.])(?<![0-9]\s)ss\s?(?i:tabs?|tablets?)(?!\w)", says("half a tablet")),
    # JC, ISMP: QD and QOD read as each other and as QID. ISMP: q1d read as QID.
    (word(initials("qod")), says("every other day")),
    (word(rf"(?:{initials('qd')}|(?i:q1d))"), says("daily")),
    # ISMP: q6PM read as every 6 hours, qn as every hour, TIW as three times a day or twice a week.
    (word(r"(?i:q)\s?(1[0-2]|[1-9])\s?((?i:am|pm))"), says(r"daily at \1 \2")),
    (word(initials("qn")), says("every night")),
    (word(initials("tiw")), says("three times a week")),
    # ISMP: HS, half-strength, read as bedtime and hs the other way; qhs (until 2024) as every hour; BT as BID.
    (_AT_HS, _bedtime),
    # ISMP: the os of per os read as the left eye, SQ as "5 every", the q of sub q as every.
    (word(r"(?i:per\s{1,3}os)"), says("by mouth")),
    (word(r"(?:SQ|(?i:sub[-\s]?q))"), says("subcutaneously")),
    # ISMP: medicines stopped because D/C, discharge, was read as discontinue.
    (r"(?<![\w/])[Dd]/[Cc](?![\w/]|['’]e?d)", says("discontinue", "discharge")),
    (r"(?<![\w/])[Dd]/[Cc]['’]?e?d(?![\w/])", says("discontinued", "discharged")),
    # JC: MS, MSO4 and MgSO4 read as each other.
    (word(r"MSO₄"), says("morphine sulfate")),
    (word(r"MgSO₄"), says("magnesium sulfate")),
    (r"\bMS(?=\s{1,2}\.?[0-9])", says("morphine sulfate", "magnesium sulfate", "multiple sclerosis")),
    # ISMP: x3d read as three doses.
    (rf"(?<!\w)[xX×]\s?1{_ZEROS}\s?d{END}", says("for 1 day")),
    (rf"(?<!\w)[xX×]\s?([2-9]|[1-9][0-9]{{1,2}}){_ZEROS}\s?d{END}", says(r"for \1 days")),
    # On neither list; but these texts are read by patients, who know no Latin. A PO box is an address.
    (word(initials("prn")), says("as needed")),
    (_PO, says("by mouth")),
)
