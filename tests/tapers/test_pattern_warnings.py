"""What is asked of a step whose days repeat a pattern: each thing once, and by the days that were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.tapers.draft.typed import TypedStep

from ..world.typed_patterns import typed_step, typed_steps
from .test_typed_patterns import ALTERNATE, problems, said


def test_a_rise_within_a_pattern_is_asked_for_once() -> None:
    assert said(ALTERNATE) == [
        (
            "pattern-rise-1",
            "Step 1: the dose rises within the pattern: 0.5 mg on day 1 after 0.25 mg on day 2. This is asked once for all its days.",
        )
    ]


def test_nights_without_a_dose_are_asked_for_once() -> None:
    step = typed_step(28, [1, 1, 1, 1, 1, 0, 0], by_weekday=True)
    assert said(step) == [
        ("zero-1", "Step 1: nothing is taken on Saturday and Sunday, which is typed as 0 mg."),
        (
            "pattern-rise-1",
            (
                "Step 1: the dose rises within the pattern: 0.25 mg on Monday after 0 mg on Sunday. This is asked once for"
                " all its days."
            ),
        ),
    ]


def test_a_pattern_that_comes_round_once_at_most_rises_only_where_its_days_do() -> None:
    assert said(typed_step(2, [2, 1])) == []
    assert [place for place, _ in said(typed_step(2, [1, 2]))] == ["pattern-rise-1"]


def test_days_that_are_no_multiple_of_the_pattern_are_said_to_be_counted_one_by_one() -> None:
    for step, cut in (
        (typed_step(27, [1, 1]), "its pattern"),
        (typed_step(27, [1] * 7, by_weekday=True), "a week"),
    ):
        assert said(step) == [
            (
                "uneven-1",
                (
                    f"Step 1: 27 days are no whole number of rounds of {cut}, so the step is counted by its days, and"
                    " compared with other steps day by day only."
                ),
            )
        ]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (typed_step(28, [1, 1]), typed_step(28, [2, 1]), "0.75 mg in 2 days is more than the 0.5 mg in 2 days of the step before."),
        (typed_step(28, [2]), typed_step(28, [3, 0]), "0.75 mg on its highest day is more than the 0.5 mg on the highest day of the step before."),
        (typed_step(28, [3, 1]), typed_step(28, [2]), ""),
        (typed_step(28, [2]), typed_step(28, [2, 1]), ""),
        (typed_step(28, [2]), typed_step(27, [3, 0]), "0.75 mg on its highest day is more than the 0.5 mg on the highest day of the step before."),
        (typed_step(28, [2, 0]), typed_step(28, [2, 2, 0]), "Its days together are more than as many days of the step before."),
        (typed_step(28, [2, 2, 0]), typed_step(28, [2, 0]), ""),
        (typed_step(28, [2]), typed_step(28, [3]), "0.75 mg a day is more than the 0.5 mg a day of the step before."),
    ],
)  # fmt: skip
def test_a_rise_from_one_step_to_the_next_is_found_by_totals_and_by_days(
    before: TypedStep, after: TypedStep, says: str
) -> None:
    found = [sentence for place, sentence in said(before, after) if place == "rise-2"]
    assert found == ([f"Step 2: {says}"] if says else [])


@given(st.lists(typed_steps(), min_size=1, max_size=3))
def test_no_warning_of_a_step_is_asked_twice(steps: list[TypedStep]) -> None:
    places = [problem.place for problem in problems(*steps)]
    assert len(places) == len(set(places))
