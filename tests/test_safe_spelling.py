"""What can be misread is pointed out with the safe spelling of the same value, and nothing else is."""

from __future__ import annotations

import ast
import re
import sys
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taperplanner import safe_spelling
from taperplanner.safe_spelling import Finding, amounts, find_unsafe, with_safe

from .misread import SAFE, SEVERAL_MEANINGS, UNSAFE

# Pieces to make bad texts of, alone and run together.
_TYPED = (
    "QD q.d. Q. D. qd QOD q.o.d. HS hs h.s. Hs qhs q.h.s. at @ BT U u IU I.U. i.u. µg μg ug mcg cc CC mL g L"
    " 1 2 3 4 8 10 0 00 1.0 2.50 .5 0.5 .0 8.30 3.10 555.1230 1,000 1,000.0 1/2 1/4 3/4 1.0/2 3.0/4.0 ½ 1½"
    " tab tabs Tab. tablet Tablets pill mg MG mgs D/C d/c'd & + < > <= >= ≤ ≥ -> per os ss MS MSO4 MgSO₄ x3d x d"
    " q6PM am pm qn q1d TIW SQ sub q Subq of a and or to - – / . , : ; ( ) $ % Day on by before every two version"
    " clonazepam nanog units a@b.com http://x.y/1.0 www. _ ٣ ５ Dr U-100 -100 Health 'd s"
)
PIECES = _TYPED.split(" ")
texts = st.builds(
    lambda pieces: "".join(piece + gap for piece, gap in pieces),
    st.lists(
        st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", "", "  ", "\n", "\t"])), max_size=9
    ),
)

_READ = re.compile(
    r"(?P<a>one|two|three|four|five|six|seven|eight|nine|ten|[0-9]+) and (?P<b>a half|a quarter|three quarters)"
    r"|(?P<part>half a|a half|a quarter(?: of)?|three quarters(?: of)?|ss(?=\s?(?i:tab)))|(?P<top>[13])(?:\.0+)?/(?P<bottom>[24])(?![0-9]|\.0*[1-9])"
    r"|(?P<comma>(?:0,[0-9]+|[1-9][0-9]{0,3},(?:[0-9]{1,2}|[0-9]{4,}))(?![0-9,.]|/[0-9]))"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*\.[0-9]+|[0-9]+)"
)
_COUNTS = {word: Fraction(n) for n, word in enumerate(amounts._WORDS) if word}
_PARTS = {"half": Fraction(1, 2), "ss": Fraction(1, 2), "quarter": Fraction(1, 4), "three": Fraction(3, 4)}


def numbers(text: str) -> Fraction:
    """All that the numbers in a text come to, in digits and in words, exactly."""
    total = Fraction(0)
    for read in _READ.finditer(re.sub(r"(?i)q1d|SO4", " ", text.replace("⁄", "/"))):
        if read["comma"]:
            total += Fraction(read["comma"].replace(",", "."))
        elif read["number"]:
            total += Fraction(read["number"].replace(",", ""))
        elif read["top"]:
            total += Fraction(int(read["top"]), int(read["bottom"]))
        else:
            words = (read["b"] or read["part"]).removeprefix("a ").split()
            total += _PARTS[words[0]]
            total += _COUNTS.get(read["a"]) or Fraction(read["a"] or 0)
    return total


def corrected(text: str) -> str:
    return with_safe(text, find_unsafe(text))


# --- The rules --------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "safe"), UNSAFE, ids=[typed for typed, _ in UNSAFE])
def test_what_can_be_misread_is_pointed_out_with_its_safe_spelling(typed: str, safe: str) -> None:
    assert corrected(typed) == safe
    assert numbers(typed) == numbers(safe)


@pytest.mark.parametrize("text", SAFE)
def test_what_is_safe_or_something_else_is_left_alone(text: str) -> None:
    assert find_unsafe(text) == []


@pytest.mark.parametrize(("text", "choices"), [(text, choices) for text, *choices in SEVERAL_MEANINGS])
def test_what_has_several_meanings_is_offered_each_of_them(text: str, choices: list[str]) -> None:
    (finding,) = find_unsafe(text)
    assert list(finding.choices) == choices
    assert finding.sentence.startswith(
        f"“{finding.found}” has more than one meaning. Write “{choices[0]}” or "
    )


@pytest.mark.parametrize("number", range(len(safe_spelling._RULES)))
def test_each_rule_earns_its_place(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, something in the tables above is missed."""
    rules = safe_spelling._RULES
    monkeypatch.setattr(safe_spelling, "_RULES", rules[:number] + rules[number + 1 :])
    missed = [typed for typed, safe in UNSAFE if corrected(typed) != safe]
    missed += [text for text, *_ in SEVERAL_MEANINGS if not find_unsafe(text)]
    assert missed


# --- What a finding says ----------------------------------------------------------------------


def test_a_finding_says_where_it_stands_and_what_to_write() -> None:
    (finding,) = find_unsafe("Take 1 tab QD.")
    assert finding == Finding(start=11, end=13, found="QD", safe="daily")
    assert finding.sentence == "“QD” can be misread. Write “daily”."
    assert finding.key == "11:QD"


def test_a_sentence_shows_no_space_at_the_edge_of_a_quotation() -> None:
    assert [finding.sentence for finding in find_unsafe("not >4 mg, 1/2-1 tab")] == [
        "“>” can be misread. Write “more than”.",
        "“1/2-” can be misread. Write “half a tablet to”.",
    ]


def test_the_author_chooses_the_meaning() -> None:
    text = "after D/C home"
    (finding,) = find_unsafe(text)
    chosen = finding.meaning("discharge")
    assert with_safe(text, [chosen]) == "after discharge home"
    assert (chosen.key, chosen.choices) == (finding.key, ("discharge",))


def test_a_meaning_that_was_not_offered_is_refused() -> None:
    (finding,) = find_unsafe("1.0 mg")
    with pytest.raises(ValueError, match="10 mg"):
        finding.meaning("10 mg")


# --- Accepting --------------------------------------------------------------------------------


def test_only_what_is_accepted_changes() -> None:
    text = "1.0 mg QD, .5 mg HS"
    one, two, three, four = find_unsafe(text)
    assert with_safe(text, []) == text
    assert with_safe(text, [three]) == "1.0 mg QD, 0.5 mg HS"
    assert with_safe(text, [four, one]) == "1 mg QD, .5 mg at bedtime"
    assert with_safe(text, (finding for finding in [two])) == "1.0 mg daily, .5 mg HS"


def test_a_finding_from_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="7:QD"):
        with_safe("1 mg a day", find_unsafe("Take 1 QD"))


def test_the_same_place_is_not_replaced_twice() -> None:
    (finding,) = find_unsafe("QD")
    with pytest.raises(ValueError, match="0:QD"):
        with_safe("QD", [finding, finding])


# --- For any text -----------------------------------------------------------------------------


@given(texts | st.text())
@example("MSO4 hs")
@example("x@.5 > 1.0/2 tab")
def test_what_was_corrected_has_nothing_left_to_correct(text: str) -> None:
    assert find_unsafe(corrected(text)) == []


@given(texts)
@example("1.000 mg")
@example("2.0-1/2 tab")
def test_every_number_keeps_its_value(text: str) -> None:
    for finding in find_unsafe(text):
        for choice in finding.choices:
            # A date is no number, and two numbers are not one: these are asked about, never taken for granted.
            if not re.match(r"January|March|[0-9]+, [0-9]+", choice):
                assert numbers(choice) == numbers(finding.found)
    assert numbers(corrected(text)) == numbers(text)


@given(texts | st.text())
def test_findings_stand_in_order_and_apart(text: str) -> None:
    end = 0
    for finding in find_unsafe(text):
        assert end <= finding.start < finding.end
        assert text[finding.start : finding.end] == finding.found
        assert finding.found not in finding.choices
        end = finding.end


@given(texts, st.data())
def test_any_part_of_the_findings_can_be_accepted(text: str, data: st.DataObject) -> None:
    findings = find_unsafe(text)
    accepted = data.draw(st.lists(st.sampled_from(findings), unique=True) if findings else st.just([]))
    pieces, end = [], 0
    for finding in findings:
        pieces += [text[end : finding.start], finding.safe if finding in accepted else finding.found]
        end = finding.end
    assert with_safe(text, accepted) == "".join([*pieces, text[end:]])


# --- What it costs, and what it stands on -----------------------------------------------------

HOSTILE = [
    "1", "1.", "1.0 ", "0.0", "1,000", "½", "1/2-", "1/2 to 1", "1-1/2", "1 1/2 tabs ", "x 1", "5mg", "Day 1 ", "U-100",
    "0,5", "2,5 ", "p.o.", "q.", "h.s.", "I.U.", "a", "a.", " ", "at ", "sub ", "abcd1.", "@", "a@", "a@b.", "www.", " > ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        return min(_timed(text) for _ in range(3))

    find_unsafe(piece)
    assert seconds(16_000) < 100 * max(seconds(1_000), 0.000_2)  # 16 if it is linear, 256 if it is quadratic


def _timed(text: str) -> float:
    began = process_time()
    find_unsafe(text)
    return process_time() - began


def test_it_stands_at_the_bottom_of_the_house() -> None:
    """No Django, no clock, no other room: what it says of a text never changes."""
    nodes = [
        node
        for path in Path(safe_spelling.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
    ]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "." for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    assert (
        imported
        <= {"__future__", "re", "collections.abc", "dataclasses", "typing"}
        <= sys.stdlib_module_names | {"collections.abc"}
    )
