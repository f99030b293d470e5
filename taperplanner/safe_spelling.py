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
  PO, mL and ml         what the lists say to write
  BID, TID, QID, PRN    on neither list; plainer words would have to choose the times of day
  OD, OS, AS, SC, IN    too often something else: an overdose, a state, a word
  MS with no number     as often multiple sclerosis; SSRI: here a class of drugs, not a sliding scale
  ½ ¼ ¾                 what the product itself prints, beside words; no rule offers them
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

Choices = tuple[str, ...]


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


# --- What each rule is made of ----------------------------------------------------------------

Write = Callable[[re.Match[str]], Choices]  # what is safe for what a pattern found; nothing if it is fine

_ADDRESS: Final = re.compile(
    r"https?://\S+|www\.\S+|[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[^\W\d_]{2,24}(?!\w)"
)
# The point after q.d. belongs to it, unless a sentence ends there; q.d.s. is another word.
_POINT: Final = r"(?:\.(?=\s{1,3}[a-z0-9(]|\s?[,;:)]))?"
_END: Final = r"(?!\.?\w)"

_NUMBER: Final = r"(?P<number>(?P<whole>[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)?(?:\.(?P<decimals>[0-9]++))?)"
_MEASURE: Final = r"(?i:mgs?|mcgs?|mls?|[µμ]g|ug|ccs?)"
_COUNTED: Final = r"(?i:tablets?|tabs?|pills?)"
_UNIT: Final = (
    rf"(?!(?i:ccs?)(?::|\s?Dr)){_MEASURE}|{_COUNTED}|(?i:kg|meq|units?|nanog|iu)|[gL]|I\.U{_POINT}"
    r"|[Uu](?!\.\w|-(?:40|100|200|300|500)(?!\w|\s?[Uu]\b))"  # the U in "2 U-100 syringes" is no dose
)
_RESPELLED: Final = {"µg": "mcg", "μg": "mcg", "ug": "mcg", "cc": "mL", "ccs": "mL"}
_SPELLED_OUT: Final = {"u": "unit", "iu": "unit", "nanog": "nanogram"}
_SIGNS: Final = {
    "@": "at", "&": "and", "+": "and", ">": "more than", "<": "less than",
    ">=": "at least", "≥": "at least", "<=": "at most", "≤": "at most",
}  # fmt: skip

_PARTS: Final = {
    "1/2": ("half a {}", "a half", "5"),
    "1/4": ("a quarter of a {}", "a quarter", "25"),
    "3/4": ("three quarters of a {}", "three quarters", "75"),
}
_WORDS: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ZEROS: Final = r"(?:\.0{1,5})?"
_TO_THE_RIGHT: Final = r"(?:[0-9]{1,3}\s{1,2})?[0-9./½¼¾]+\s{0,3}(?i:tab|pill)"
_FRACTION: Final = (
    rf"(?<![\w./])(?<![0-9][,:])(?:(?P<whole>[0-9]{{1,3}}){_ZEROS}(?P<join>\s{{1,2}}|\s?-\s?|\sand\s))?"
    rf"(?P<part>(?:1{_ZEROS}/2|[13]{_ZEROS}/4){_ZEROS})"
    rf"(?:\s?-?(?:(?:(?:of\s)?an?\s)?(?P<noun>(?i:tabs?){_POINT}|{_COUNTED})|(?P<unit>{_MEASURE}))(?!\w)"
    rf"|(?P<dash>\s?[-–]\s?)(?={_TO_THE_RIGHT})|(?=\s(?:to|or)\s{_TO_THE_RIGHT}))"
)

_NAMES_A_NUMBER: Final = r"[$€£]|(?<!\w)(?i:version|ver|v|section|table|page|code|ICD)\.?"
_NAMES_A_TIME: Final = r"(?<!\w)(?i:at|by|on|until|till|before|after|around|@)"
_NAMES_A_DAY: Final = (
    r"(?<!\w)(?i:days?|weeks?|wks?|months?|steps?|visit|phase|dose|no|room|at|by|on|@"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6})\.?"
)
_AN_AMOUNT: Final = (
    rf"(?<![A-Za-z])(?:[0-9½¼¾]|{_MEASURE}|{_COUNTED}|(?i:kg|meq|units?|iu|u|g|l|nanog(?:rams?)?|days?))"
)


def _before(match: re.Match[str], pattern: str) -> bool:
    """Whether what stands to the left of it, spaces apart, ends so."""
    left = match.string[max(0, match.start() - 20) : match.start()]
    return re.search(rf"(?:{pattern})\s{{0,3}}\Z", left) is not None


def _as(*templates: str) -> Write:
    return lambda match: tuple(match.expand(template) for template in templates)


def _sign(match: re.Match[str]) -> Choices:
    """A word for a sign, with a space where the sign touched something."""
    left = match.string[max(0, match.start() - 1) : match.start()]
    right = match.string[match.end() : match.end() + 1]
    before = "" if not left or left.isspace() or left in "([/-–" else " "
    return (f"{before}{_SIGNS[match[0]]}{'' if not right or right.isspace() else ' '}",)


def _compared(match: re.Match[str]) -> Choices:
    """Between two amounts, as in "2 mg > 1 mg", it is an arrow as often as it compares: left alone."""
    return () if _before(match, _AN_AMOUNT) else _sign(match)


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
    if _before(match, _NAMES_A_NUMBER) or re.fullmatch(r"[0-9]{3}\.[0-9]{4}", match["number"]):
        return True  # a price, a version, a code, the end of a phone number
    if not re.fullmatch(r"(?:[1-9]|[12][0-9]|3[01])\.[0-5][0-9]", match["number"]):
        return False
    right = match.string[match.end() : match.end() + 10]
    return _before(match, _NAMES_A_TIME) or bool(re.match(r"(?i)\s?(?:[ap]\.?m\b|o.clock)", right))


def _fraction(match: re.Match[str]) -> Choices:
    whole = int(match["whole"] or 0)
    if not whole and _before(match, rf"\b(?i:{'|'.join(_WORDS[1:])})"):
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
    if _before(match, _NAMES_A_DAY):
        return (f"{whole}, {one}{to}", many + to)
    return (many + to,)


def _bedtime(match: re.Match[str]) -> Choices:
    if match["more"]:
        return ("at bedtime",)
    if match["short"] == "hs" and _before(match, "[0-9]"):
        return ()  # "8 hs" is hours in Spanish
    if _before(match, r"(?<!\w)(?i:before|until|till|by|after|near|every|each)"):
        return ("bedtime",)
    return ("at bedtime", "half-strength") if match["short"] == "HS" else ("at bedtime",)


def _word(pattern: str) -> str:
    return rf"(?<![\w.]){pattern}{_END}"


def _initials(letters: str) -> str:
    """With points or without, in either case: qod, QOD, q.o.d., Q. O. D."""
    dotted = r"\.\s?".join(letters)
    return rf"(?:(?i:{dotted}){_POINT}|(?i:{letters}))"


_AMOUNT: Final = (
    rf"(?<![\w.$€£])(?<![0-9],)(?P<name>)(?=\.?[0-9]){_NUMBER}"
    rf"(?:(?P<gap>\s{{0,3}})(?P<unit>{_UNIT})(?!\w)|(?!\w)(?![.,][0-9]))"
)
_RUN_TOGETHER: Final = (
    rf"(?<!\w)(?!(?i:subq|nanog|units?|(?:ss)?{_COUNTED})[0-9])(?P<name>[A-Za-z]{{4,40}})(?=[0-9])"
    rf"{_NUMBER}(?P<gap>\s{{0,3}})(?P<unit>{_MEASURE})(?!\w)"
)
_AT_HS: Final = (
    r"(?<![\w.@])(?<!(?i:sub)[-\s])(?P<more>(?:(?i:at\s{1,2})|@\s?)?(?:(?i:q)[.\s]?)?)"
    rf"(?P<short>{_initials('hs')}|BT){_END}(?!\s(?i:diploma|graduate|student|senior|teacher|education))"
)
_SPACED: Final = r"(?<=[ \t])(?:{0})(?=[ \t])"
_COMPARES: Final = r"[<>]=?|[≤≥]"

# What each is read as, and whose list has it. Where two match at once, the one that starts first holds.
_RULES: Final[tuple[tuple[str, Write], ...]] = (
    # JC, ISMP: 1.0 read as 10, .5 as 5, U as 0, 4 or cc, IU as IV, µg as mg. ISMP: 10mg as 100 mg; nanog.
    (_AMOUNT, _amount),
    # ISMP: Tegretol300 mg read as Tegretol 1300 mg.
    (_RUN_TOGETHER, _amount),
    # The same where no number stands before them. IU Health is a hospital.
    (_word(rf"(?:IU|I\.U{_POINT})") + r"(?!\s(?:Health|School|Medical|Hospital))", _as("units")),
    (r"(?<![^\W0-9])[µμ]g(?!\w)", _as("mcg")),
    (r"(?<=[½¼¾])\s?(?i:ccs?)(?!\w)", _as(" mL")),
    # ISMP: 1/2 tablet read as 1 or 2 tablets; since 2024 to be written in words.
    (_FRACTION, _fraction),
    # ISMP: ss read as 55. Without a tablet it is a sliding scale.
    (r"(?<![\w.])(?<![0-9]\s)ss\s?(?i:tabs?|tablets?)(?!\w)", _as("half a tablet")),
    # JC, ISMP: QD and QOD read as each other and as QID. ISMP: q1d read as QID.
    (_word(_initials("qod")), _as("every other day")),
    (_word(rf"(?:{_initials('qd')}|(?i:q1d))"), _as("daily")),
    # ISMP: q6PM read as every 6 hours, qn as every hour, TIW as three times a day or twice a week.
    (_word(r"(?i:q)\s?(1[0-2]|[1-9])\s?((?i:am|pm))"), _as(r"daily at \1 \2")),
    (_word(_initials("qn")), _as("every night")),
    (_word(_initials("tiw")), _as("three times a week")),
    # ISMP: HS, half-strength, read as bedtime and hs the other way; qhs (until 2024) as every hour; BT as BID.
    (_AT_HS, _bedtime),
    # ISMP: the os of per os read as the left eye, SQ as "5 every", the q of sub q as every.
    (_word(r"(?i:per\s{1,3}os)"), _as("by mouth")),
    (_word(r"(?:SQ|(?i:sub[-\s]?q))"), _as("subcutaneously")),
    # ISMP: medicines stopped because D/C, discharge, was read as discontinue.
    (r"(?<![\w/])[Dd]/[Cc](?![\w/]|['’]e?d)", _as("discontinue", "discharge")),
    (r"(?<![\w/])[Dd]/[Cc]['’]?e?d(?![\w/])", _as("discontinued", "discharged")),
    # JC: MS, MSO4 and MgSO4 read as each other.
    (_word(r"MSO₄"), _as("morphine sulfate")),
    (_word(r"MgSO₄"), _as("magnesium sulfate")),
    (r"\bMS(?=\s{1,2}\.?[0-9])", _as("morphine sulfate", "magnesium sulfate", "multiple sclerosis")),
    # ISMP: x3d read as three doses.
    (rf"(?<!\w)[xX×]\s?1{_ZEROS}\s?d{_END}", _as("for 1 day")),
    (rf"(?<!\w)[xX×]\s?([2-9]|[1-9][0-9]{{1,2}}){_ZEROS}\s?d{_END}", _as(r"for \1 days")),
    # ISMP, JC: @ read as 2; > as 7, < as L, and each as the other. ISMP: & read as 2, + as 4.
    (r"(?<![^\s(\[,;])@(?=\s{1,3}\S|\.?[0-9])|(?<=\w)@(?=\.?[0-9])", _sign),
    (rf"{_SPACED.format('&')}|(?<=[0-9½¼¾])&(?=\.?[0-9½¼¾])", _sign),
    (_SPACED.format(r"\+"), _sign),
    (rf"{_SPACED.format(_COMPARES)}|(?<![-=<>≤≥@&+])(?:{_COMPARES})(?=\s?\.?[0-9])", _compared),
)
