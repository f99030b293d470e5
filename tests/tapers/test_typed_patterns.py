"""A pattern is typed day by day, checked day by day, and signed as it was typed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import parse_dose
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.problem import CheckContext, Problem
from taperplanner.tapers.draft.problems import find_problems
from taperplanner.tapers.draft.row_buttons import apply_row_button
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.draft.typed_pattern import NO_PATTERN, TypedDay, TypedPattern

from ..world.plans import TODAY, tablet
from ..world.typed_patterns import of_halves, typed_step, typed_steps

PRODUCTS = {1: tablet(1, "1", 1000), 2: tablet(2, "0.5", 500)}
CONTEXT = CheckContext(today=TODAY, clinic_phone="555-0100", after_hours_phone="555-0199", gaps=())
ALTERNATE = typed_step(28, [2, 1])


def draft(*steps: TypedStep, first_day: str = "3/2/2026") -> TypedDraft:
    return TypedDraft(first_day, "stop", steps)


def problems(*steps: TypedStep) -> list[Problem]:
    return find_problems(parse_draft(draft(*steps), PRODUCTS), CONTEXT)


def said(*steps: TypedStep) -> list[tuple[str, str]]:
    return [(problem.place, problem.sentence) for problem in problems(*steps)]


def with_day(step: TypedStep, number: int, **changed: object) -> TypedStep:
    """Day 2 and further."""
    further = list(step.pattern.further)
    further[number - 2] = replace(further[number - 2], **changed)
    return replace(step, pattern=replace(step.pattern, further=tuple(further)))


# --- as stored and as sent


def test_a_draft_that_never_had_a_pattern_is_stored_as_before_there_were_any() -> None:
    stored = {
        "first_day": "3/2/2026", "ending": "stop", "removed": None, "base": 0, "reason": "", "explanation": "",
        "steps": [
            {"days": "14", "dose": "1", "note": "", "quantities": {"morning-1": "1"}, "carried": "", "confirmed": False}
        ],
    }  # fmt: skip
    assert json.dumps(from_json(stored).as_json()) == json.dumps(
        {
            key: stored[key]
            for key in ("first_day", "ending", "steps", "removed", "base", "reason", "explanation")
        }
    )


@given(st.lists(typed_steps(), max_size=4))
def test_a_pattern_comes_back_from_the_stored_draft_as_it_was_typed(steps: list[TypedStep]) -> None:
    typed = draft(*steps)
    assert from_json(json.loads(json.dumps(typed.as_json()))) == typed


def posted(step: TypedStep, index: int = 0) -> dict[str, str]:
    cells = {"days": step.days, "dose": step.dose, **step.quantities}
    for number, day in enumerate(step.pattern.further, 2):
        cells |= {f"day{number}-dose": day.dose}
        cells |= {f"day{number}-{key}": text for key, text in day.quantities.items()}
    if step.pattern.is_used:
        cells |= {"pattern": str(step.pattern.length)} | (
            {"weekdays": "yes"} if step.pattern.by_weekday else {}
        )
    return {f"steps-{index}-{key}": text for key, text in cells.items()}


@given(typed_steps())
def test_a_pattern_is_read_from_the_cells_of_the_page(step: TypedStep) -> None:
    assert from_post(posted(step)).steps == (step,)


@pytest.mark.parametrize("length", ["", "0", "1", "8", "77", "2 ", "two", "-2"])
def test_a_length_that_no_pattern_has_uses_no_day_and_loses_none(length: str) -> None:
    step = from_post(posted(ALTERNATE) | {"steps-0-pattern": length}).steps[0]
    assert (step.pattern.length, step.pattern.kept) == (1, ALTERNATE.pattern.further)


@pytest.mark.parametrize(
    "cell", ["day1-dose", "day8-dose", "day02-dose", "day2-days", "day2-note", "day2-dose-1"]
)
def test_a_cell_that_no_pattern_has_is_not_read(cell: str) -> None:
    assert from_post(posted(ALTERNATE) | {f"steps-0-{cell}": "9"}).steps == (ALTERNATE,)


def test_a_row_whose_pattern_says_something_is_not_blank() -> None:
    blank = replace(TypedStep(), pattern=NO_PATTERN.of_length(2))
    assert blank.is_blank
    assert not with_day(blank, 2, dose="0").is_blank
    assert draft(blank, with_day(blank, 2, dose="0"), blank).filled == (blank, with_day(blank, 2, dose="0"))


# --- the buttons


def test_alternate_days_copy_and_fill_in_nothing() -> None:
    plain = typed_step(28, [2])
    typed, anchor = apply_row_button(draft(plain, plain), "pattern-2-1")
    assert anchor == "#steps-1-day2-dose"
    assert typed.steps == (plain, replace(plain, pattern=TypedPattern(2, (TypedDay(),))))
    assert apply_row_button(typed, "weekdays-1")[0].steps[1].pattern == TypedPattern(
        7, (TypedDay(),) * 6, by_weekday=True
    )


@given(
    typed_steps(),
    st.lists(
        st.sampled_from(["pattern-2-0", "pattern-5-0", "pattern-7-0", "weekdays-0", "alike-0", "repeat-0"])
    ),
)
def test_whatever_number_of_days_is_chosen_nothing_typed_is_lost(step: TypedStep, buttons: list[str]) -> None:
    typed = draft(step)
    for button in buttons:
        typed, _ = apply_row_button(typed, button)
    now = typed.steps[0]
    assert (now.days, now.dose, now.quantities) == (step.days, step.dose, step.quantities)
    assert now.pattern.further[: len(step.pattern.further)] == step.pattern.further
    assert not any(day.texts != ("",) for day in now.pattern.further[len(step.pattern.further) :])


def test_every_day_alike_again_uses_the_first_day_only_and_the_pattern_comes_back() -> None:
    step = typed_step(28, [2, 1, 0, 0, 0, 0, 1], by_weekday=True)
    away, _ = apply_row_button(draft(step), "alike-0")
    schedule = parse_draft(away, PRODUCTS).schedule()
    assert schedule
    assert schedule.steps[0].regimens == (of_halves(2),)
    assert apply_row_button(away, "repeat-0")[0] == draft(step)


def test_another_number_of_days_is_confirmed_again() -> None:
    confirmed = replace(ALTERNATE, confirmed=True)
    for button in ("pattern-3-0", "weekdays-0", "alike-0"):
        assert not apply_row_button(draft(confirmed), button)[0].steps[0].confirmed


@pytest.mark.parametrize(
    "button", ["pattern-8-0", "pattern-1-0", "pattern-2-99", "weekdays-99", "alike-x", "repeat-9"]
)
def test_a_button_that_no_row_has_changes_nothing(button: str) -> None:
    assert apply_row_button(draft(ALTERNATE), button)[0] == draft(ALTERNATE)


def test_a_removed_row_comes_back_with_its_pattern() -> None:
    typed = draft(ALTERNATE, typed_step(7, [1]))
    removed = from_json(json.loads(json.dumps(apply_row_button(typed, "remove-0")[0].as_json())))
    assert removed.steps == typed.steps[1:]
    assert apply_row_button(removed, "put-back")[0].steps == typed.steps


def test_the_day_that_somebody_chose_is_read_kept_and_signed() -> None:
    typed = from_post(
        posted(ALTERNATE) | {"steps-0-starts_on": "2", "first_day": "3/2/2026", "ending": "stop"}
    )
    schedule = parse_draft(from_json(typed.as_json()), PRODUCTS).schedule()
    assert schedule
    assert schedule.steps[0].starts_on == 2


# --- as parsed


@given(st.lists(typed_steps(), min_size=1, max_size=4))
def test_each_day_of_the_schedule_is_what_was_typed_for_it(steps: list[TypedStep]) -> None:
    schedule = parse_draft(draft(*steps), PRODUCTS).schedule()
    assert schedule
    day = date(2026, 3, 2)
    for step in steps:
        for after in range(int(step.days)):
            index = day.weekday() if step.pattern.is_by_weekday else after % len(step.each_day)
            dated = schedule.on(day)[1]
            assert dated
            assert dated.on(day).dose == parse_dose(step.each_day[index].dose)
            day += timedelta(days=1)
    assert schedule.day_after == day


def test_each_of_its_days_must_agree_with_its_own_quantities() -> None:
    wrong = with_day(ALTERNATE, 2, quantities={"bedtime-2": "1"})
    assert [(one.code, one.cell, one.is_blocker) for one in problems(wrong) if one.is_blocker] == [
        ("disagree", "steps-0-day2-dose", True)
    ]
    assert (
        "disagree-1",
        (
            "Step 1, day 2 of the pattern: the typed daily dose is 0.25 mg, but the quantities add up to 0.5 mg. Correct"
            " whichever is wrong."
        ),
    ) in said(wrong)


def test_a_night_without_a_dose_is_typed_and_never_assumed() -> None:
    step = with_day(typed_step(28, [2, 1, 1, 1, 1, 1, 0], by_weekday=True), 7, dose="")
    found = [problem for problem in problems(step) if problem.is_blocker]
    assert [(one.sentence, one.cell) for one in found] == [
        (
            "Step 1, Sunday: enter the daily dose in mg. Where nothing is taken, type a zero.",
            "steps-0-day7-dose",
        )
    ]
    assert parse_draft(draft(step), PRODUCTS).schedule() is None


@pytest.mark.parametrize(
    ("changed", "code", "cell", "says"),
    [
        ({"dose": ".25"}, "unreadable", "steps-0-day2-dose", "Step 1, day 2 of the pattern, daily dose:"),
        (
            {"quantities": {"bedtime-2": "x"}},
            "unreadable",
            "steps-0-day2-bedtime-2",
            "Step 1, day 2 of the pattern, bedtime, clonazepam 0.5 mg tablet:",
        ),
        ({"quantities": {"bedtime-2": "¼"}, "dose": "0.125"}, "part", "steps-0-day2-bedtime-2", "step 1, day 2 of the pattern, bedtime (¼ tablet)"),
        ({"quantities": {"bedtime-9": "1"}}, "unknown-product", "", "Step 1, day 2 of the pattern: “1” is in a column"),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_any_day_is_named(
    changed: dict[str, object], code: str, cell: str, says: str
) -> None:
    found = [problem for problem in problems(with_day(ALTERNATE, 2, **changed)) if problem.code == code]
    assert [problem.cell for problem in found] == [cell]
    assert says in found[0].sentence


def test_a_product_that_only_a_further_day_takes_keeps_its_column_and_its_confirmation() -> None:
    step = replace(with_day(ALTERNATE, 2, quantities={"bedtime-1": "1"}, dose="1"), confirmed=True)
    assert step.takes(1)
    assert not draft(step).with_product_corrected(1).steps[0].confirmed
    assert draft(step).with_product_corrected(9).steps[0].confirmed
