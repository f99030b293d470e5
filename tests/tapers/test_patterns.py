"""A step whose days repeat a pattern: what is taken on which day, how much in all, and what changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Dose, Quantity, parse_dose
from taperplanner.tapers.schedule.changes import change_between
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import DatedStep, ScheduleStep

from ..world.patterns import MONDAY, dated, days_of, of_halves, pattern, patterns
from ..world.plans import tablet


def test_alternate_days_alternate_from_the_first_day_of_the_pattern() -> None:
    one, other = of_halves(2), of_halves(1)
    assert [dated(pattern(2, 1)).on(day) for day in days_of(dated(pattern(2, 1)))[:4]] == [one, other] * 2
    second = dated(pattern(2, 1, starts_on=2))
    assert [second.on(day) for day in days_of(second)[:4]] == [other, one] * 2


def test_by_weekday_the_date_says_what_is_taken() -> None:
    step = pattern(0, 1, 2, 3, 4, 5, 6, by_weekday=True)
    for first_day in (MONDAY, MONDAY + timedelta(days=3)):
        one = dated(step, first_day)
        assert all(one.on(day) == of_halves(day.weekday()) for day in days_of(one))


@given(patterns(), st.integers(-3, 70))
def test_what_is_needed_is_what_its_days_take_one_by_one(one: DatedStep, after: int) -> None:
    schedule = Schedule(one.first_day, (one.step,), Ending.STOP, {1: tablet(1, "0.5")})
    last = one.first_day + timedelta(days=after)
    a_day_at_a_time = sum(
        dose.quantity.thousandths for day in days_of(one) if day <= last for dose in one.on(day).doses
    )
    assert schedule.needed(last)[1] == Quantity(a_day_at_a_time)


@given(patterns(), st.integers(0, 59))
def test_the_rest_of_a_pattern_goes_on_in_the_same_rhythm(one: DatedStep, over: int) -> None:
    rest = one.from_day(min(one.first_day + timedelta(days=over), one.last_day))
    assert [rest.on(day) for day in days_of(rest)] == [one.on(day) for day in days_of(rest)]
    assert [rest.on(day + timedelta(days=90)) for day in days_of(rest)] == [
        one.on(day + timedelta(days=90)) for day in days_of(rest)
    ]


@given(patterns())
def test_its_groups_name_each_day_once(one: DatedStep) -> None:
    groups = one.groups()
    assert len({group.regimen for group in groups}) == len(groups)
    length = len(one.step.regimens)
    for number, day in enumerate(days_of(one), 1):
        name = day.weekday() if one.step.by_weekday else (number - 1) % length + 1
        assert [group.regimen for group in groups if name in group.days] == [one.on(day)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (pattern(2, days=14), pattern(2, 1, days=14), "down 0.25 mg in 2 days (25 %)"),
        (pattern(2, 1, days=14), pattern(1, days=14), "down 0.25 mg in 2 days (about 33.3 %)"),
        (pattern(2, 1, days=14), pattern(2, 1, days=14), "no change in 2 days"),
        (pattern(2, days=14), pattern(2, 2, 2, 1, 1, 1, 1, days=14), "down 1 mg in 7 days (about 28.6 %)"),
        (
            pattern(2, 1, days=14),
            pattern(1, 1, 1, 1, 1, 1, 1, days=14),
            "down 1.75 mg in 14 days (about 33.3 %)",
        ),
        (pattern(0, 0, days=14), pattern(1, days=14), "up 0.5 mg in 2 days (from zero)"),
    ],
)
def test_a_change_is_between_the_totals_of_equally_many_days(
    before: ScheduleStep, after: ScheduleStep, said: str
) -> None:
    assert str(change_between(before, after)) == said


def test_a_step_that_is_no_whole_patterns_has_no_exact_change() -> None:
    assert change_between(pattern(2, days=14), pattern(2, 1, days=13)) is None
    assert change_between(pattern(2, 1, days=13), pattern(2, days=14)) is None
    assert change_between(pattern(2, days=1), pattern(2, 1, days=14)) is None


@given(patterns(), patterns())
def test_a_change_is_the_sum_of_the_days_of_both(one: DatedStep, other: DatedStep) -> None:
    change = change_between(one.step, other.step)
    if change is None:
        return
    for side, total in ((one, change.before), (other, change.after)):
        for start in days_of(side)[: side.step.days - change.days + 1]:
            span = (start + timedelta(days=at) for at in range(change.days))
            assert Dose(sum(side.on(day).dose.nanograms for day in span)) == total


def test_days_are_compared_as_before_where_every_day_is_alike() -> None:
    change = change_between(pattern(2, days=3), pattern(1, days=5))
    assert change
    assert (change.before, change.after, change.days) == (parse_dose("0.5"), parse_dose("0.25"), 1)
