"""What the checks find, as a table of drafts; each thing named with its step and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Quantity, parse_dose
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.problem import CheckContext, Problem
from taperplanner.tapers.draft.problems import find_problems
from taperplanner.tapers.draft.problems_of_texts import of_explanation
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.schedule.schedule import Form, ScheduleProduct

from ..world.plans import TODAY, tablet
from . import wrong_spellings

WHOLE, HALVES, QUARTERS = tablet(1, "1", 1000), tablet(2, "0.5", 500), tablet(3, "2", 250)
LIQUID = ScheduleProduct(4, "clonazepam", Form.LIQUID, parse_dose("0.1"), Quantity(250))
FINE_LIQUID = ScheduleProduct(5, "clonazepam", Form.LIQUID, parse_dose("0.00001"), Quantity(1))
PRODUCTS = {product.number: product for product in (WHOLE, HALVES, QUARTERS, LIQUID, FINE_LIQUID)}
CONTEXT = CheckContext(today=TODAY, clinic_phone="555-0100", after_hours_phone="555-0199", gaps=())


def step(days: str = "7", dose: str = "1", note: str = "", **quantities: str) -> TypedStep:
    return TypedStep(days, dose, note, {key.replace("_", "-"): text for key, text in quantities.items()})


GOOD = step(morning_1="1")


def draft(*steps: TypedStep, first_day: str = "3/2/2026", ending: str = "stop") -> TypedDraft:
    return TypedDraft(first_day, ending, steps)


def problems(typed: TypedDraft, context: CheckContext = CONTEXT) -> list[Problem]:
    return find_problems(parse_draft(typed, PRODUCTS), context)


def test_a_draft_that_adds_up_has_no_problem() -> None:
    assert problems(draft(GOOD, step("14", "0.5", bedtime_2="1"))) == []


@pytest.mark.parametrize(
    ("typed", "code", "at_step", "cell", "says"),
    [
        (draft(step(dose="1.25", morning_1="1")), "disagree", 1, "steps-0-dose", "1.25 mg, but the quantities add up to 1 mg"),
        (draft(GOOD, step(dose="1")), "disagree", 2, "steps-1-dose", "add up to 0 mg"),
        (draft(step(dose="0.5", morning_1="½")), "part", None, "steps-0-morning-1", "may not be split"),
        (draft(step(dose="0.125", noon_2="¼")), "part", None, "steps-0-noon-2", "halves and no smaller"),
        (draft(step(dose="0.25", noon_3="0.125")), "part", None, "steps-0-noon-3", "quarters and no smaller"),
        (draft(step(dose="0.03", noon_4="0.3")), "part", None, "steps-0-noon-4", "is 0.25 mL, and what is typed is not a whole multiple of it"),
        (draft(step(dose="1", noon_5="0.005")), "inexact", 1, "steps-0-noon-5", "written exactly"),
        (draft(GOOD, ending=""), "no-ending", None, "ending", "Choose how the schedule ends"),
        (draft(GOOD, ending="perhaps"), "no-ending", None, "ending", "Choose how the schedule ends"),
        (draft(step(days="", morning_1="1")), "no-days", 1, "steps-0-days", "enter the number of days"),
        (draft(step(days="0", morning_1="1")), "unreadable", 1, "steps-0-days", "at least one day"),
        (draft(step(dose="", morning_1="1")), "no-dose", 1, "steps-0-dose", "enter the daily dose"),
        (draft(GOOD, TypedStep(), GOOD), "blank", 2, "steps-1-days", "is empty"),
        (draft(GOOD, first_day=""), "no-first-day", None, "first_day", "Enter the first day"),
        (draft(GOOD, first_day="2/30/2026"), "first-day-wrong", None, "first_day", "February 2026 has no day 30"),
        (draft(), "no-steps", None, "steps-0-days", "at least one step"),
        (draft(step(morning_1="1", noon_9="1")), "unknown-product", 1, "", "whose product this plan does not have"),
        (draft(step(note="x" * 301, morning_1="1")), "unreadable", 1, "steps-0-note", "Shorten the note"),
        (draft(step(note="0.5\u202e", morning_1="1")), "unreadable", 1, "steps-0-note", "a character that nobody sees"),
        (draft(*[step("9999", morning_1="1")] * 8), "too-long", None, "", "after the year 2199"),
    ],
)  # fmt: skip
def test_a_blocker_stops_signing_and_says_what_to_do(
    typed: TypedDraft, code: str, at_step: int | None, cell: str, says: str
) -> None:
    found = [problem for problem in problems(typed) if problem.code == code]
    assert found, [problem.code for problem in problems(typed)]
    assert found[0].is_blocker
    assert (found[0].step, found[0].cell) == (at_step, cell)
    assert says in found[0].sentence


@pytest.mark.parametrize(
    ("typed", "context", "key", "says"),
    [
        (
            draft(GOOD, step(dose="1.5", morning_1="1", noon_2="1")),
            CONTEXT,
            "rise-2",
            "more than the 1 mg a day",
        ),
        (draft(step(note="1/2 tab QD", morning_1="1")), CONTEXT, "misread-1", "Write “daily”."),
        (draft(GOOD, first_day="3/1/2026"), CONTEXT, "past", "Sunday, March 1, 2026, is in the past"),
        (draft(GOOD, step(dose="0")), CONTEXT, "zero-2", "the daily dose is 0 mg"),
        (
            draft(GOOD),
            replace(CONTEXT, gaps=("opioid use",)),
            "gaps",
            "Not known about this patient: opioid use",
        ),
    ],
)
def test_a_warning_asks_for_a_reason_and_does_not_stop_signing(
    typed: TypedDraft, context: CheckContext, key: str, says: str
) -> None:
    found = problems(typed, context)
    assert [problem.place for problem in found] == [key]
    assert not found[0].is_blocker
    assert says in found[0].sentence


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (replace(CONTEXT, clinic_phone=" "), "no-phone"),
        (replace(CONTEXT, after_hours_phone=""), "no-after-hours-phone"),
        (replace(CONTEXT, is_archived=True), "archived"),
        (replace(CONTEXT, retired=frozenset({1})), "retired"),
    ],
)
def test_what_the_paper_needs_blocks_too(context: CheckContext, code: str) -> None:
    assert [problem.code for problem in problems(draft(GOOD), context) if problem.is_blocker] == [code]


def test_a_warning_that_says_something_else_is_another_warning() -> None:
    one, again, other = (
        problems(draft(GOOD), replace(CONTEXT, gaps=gaps))[0]
        for gaps in (("opioid use",), ("opioid use",), ("opioid use", "liver disease"))
    )
    assert one.key == again.key
    assert (one.place, one.key) != (other.place, other.key)
    assert one.place == other.place


def test_a_problem_says_which_of_two_makers_it_means() -> None:
    alike = {1: replace(WHOLE, maker="Made Up Labs"), 2: replace(tablet(2, "1", 1000), maker="Other Labs")}
    found = find_problems(
        parse_draft(draft(step(dose="0.5", morning_2="½"), step(morning_1="x")), alike), CONTEXT
    )
    sentences = " ".join(problem.sentence for problem in found)
    assert "clonazepam 1 mg tablet (Other Labs) may not be split, so" in sentences
    assert "Step 2, morning, clonazepam 1 mg tablet (Made Up Labs):" in sentences


def test_what_is_the_products_is_said_once_with_every_cell_it_stands_in() -> None:
    half = step(dose="0.5", morning_1="½", bedtime_1="½")
    found = problems(draft(*[replace(half, dose="1")] * 3))
    assert [problem.code for problem in found] == ["part"]
    assert (found[0].product, found[0].step) == (1, None)
    assert found[0].sentence == (
        "clonazepam 1 mg tablet may not be split, so what is typed cannot be taken: step 1, morning (½ tablet);"
        " step 1, bedtime (½ tablet); step 2, morning (½ tablet); step 2, bedtime (½ tablet); step 3, morning"
        " (½ tablet); step 3, bedtime (½ tablet). Use other quantities or another product."
    )
    assert found[0].cells.split() == [
        f"steps-{row}-{time}-1" for row in range(3) for time in ("morning", "bedtime")
    ]


def test_a_long_list_of_cells_is_cut_short_in_words_and_each_is_still_named_to_be_marked() -> None:
    found = problems(draft(*[step(dose="0.5", morning_1="½")] * 40))
    assert "; step 8, morning (½ tablet) and more, each marked in the table." in found[0].sentence
    assert len(found[0].cells.split()) == 40


def test_a_retired_product_is_said_once() -> None:
    retired = replace(CONTEXT, retired=frozenset({1}))
    found = problems(draft(GOOD, step(noon_1="1"), GOOD), retired)
    assert [(problem.code, len(problem.cells.split())) for problem in found] == [("retired", 3)]


@pytest.mark.parametrize("text", ["½", "1½", "1/2", "1 1/2", "1\u00a0½", "¼"])
def test_a_liquid_is_refused_as_a_fraction(text: str) -> None:
    found = problems(draft(step(dose="0.1", noon_4=text)))
    wrong = [problem for problem in found if problem.code == "unreadable"]
    assert [problem.cell for problem in wrong] == ["steps-0-noon-4"]
    assert "type the amount with a point, not as a fraction" in wrong[0].sentence


@pytest.mark.parametrize("text", ["1\u00a0½", "1\u202f½", "1\u00a01/2", "1 ½"])
def test_tablets_and_their_half_may_have_a_space_between_that_does_not_break(text: str) -> None:
    assert problems(draft(step(dose="0.75", noon_2=text))) == []


def test_a_first_day_of_today_is_not_in_the_past() -> None:
    assert problems(draft(GOOD), replace(CONTEXT, today=date(2026, 3, 2))) == []


def test_a_fall_of_any_size_is_not_judged() -> None:
    assert problems(draft(step(dose="20", noon_3="10"), step(dose="0.25", noon_2="½"))) == []


def test_blank_rows_at_the_end_do_not_count() -> None:
    assert problems(draft(GOOD, TypedStep(), step("", ""))) == []


@pytest.mark.parametrize("text", wrong_spellings.ON_A_PAGE["dose"])
def test_a_wrong_dose_blocks_and_is_named_at_its_cell(text: str) -> None:
    found = problems(draft(step(dose=text, morning_1="1")))
    assert ("unreadable", "steps-0-dose") in {(problem.code, problem.cell) for problem in found}


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_quantities_agree_with_the_dose_only_when_they_are_exactly_equal(
    halves: int, dose_in_quarter_mg: int
) -> None:
    dose = f"{dose_in_quarter_mg / 4:.2f}".rstrip("0").rstrip(".")
    text = f"{halves // 2}.5" if halves % 2 else str(halves // 2)
    found = {problem.code for problem in problems(draft(step(dose=dose, morning_2=text)))}
    assert ("disagree" in found) == (halves != dose_in_quarter_mg)


def test_a_first_day_far_from_today_is_asked_about_with_its_distance() -> None:
    (far,) = problems(draft(GOOD, first_day="3/1/2036"))
    assert (far.code, far.severity, far.cell) == ("far", "warning", "first_day")
    assert far.sentence == "The first day: Saturday, March 1, 2036 is 9 years and 11 months after today."
    (past,) = problems(draft(GOOD, first_day="3/2/2016"))
    assert past.sentence.endswith("is in the past: 10 years before today.")
    assert problems(draft(GOOD, first_day="5/30/2026")) == []


@pytest.mark.parametrize("text", ["Take 1 tab QD", "0.5mg", "down by .25"])
def test_what_can_be_misread_in_the_plans_description_is_asked_about(text: str) -> None:
    (found,) = problems(draft(GOOD), replace(CONTEXT, description=f"Falls.\n{text}\nAna"))
    assert (found.code, found.severity) == ("misread-description", "warning")
    assert found.sentence.startswith("The plan's description: “")


@pytest.mark.parametrize("character", ["\u3164", "\u2800", "\u202e", "\u200b"])
def test_what_nobody_sees_in_the_explanation_stops_signing(character: str) -> None:
    found = list(of_explanation(f"Sleep{character} is worse"))
    assert [(problem.code, problem.severity) for problem in found] == [("unseen-explanation", "blocker")]
    assert "a character that nobody sees, after “Sleep”" in found[0].sentence
    assert list(of_explanation("خواب علی\u200cرضا")) == []
