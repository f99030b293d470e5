"""What a pharmacist counts of a pattern: each step and each fill as its days add up one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taperplanner.days import parse_day
from taperplanner.doses import parse_quantity
from taperplanner.handouts.paper.day_by_day import CannotLayOut
from taperplanner.handouts.paper.pharmacy import MOST_FILLS, Run, summary_of
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.tapers.schedule.schedule import Schedule

from ..world.patterns import MONDAY, day_at_a_time, dose_on, pattern, schedule_of, schedules


def days_of_run(run: Run) -> tuple[date, date]:
    first, _, rest = run.days.partition(" to ")
    return parse_day(first), parse_day(rest.rpartition(", ")[0])


def counted(run: Run) -> int:
    assert len(run.counts) <= 1
    return sum(parse_quantity(line.exact.split(" ")[0]).thousandths for line in run.counts)


@given(schedules(), st.integers(-3, 100), st.integers(1, 30))
@example(schedule_of(pattern(2, 1, days=MOST_FILLS)), 0, 1)
@example(schedule_of(pattern(2, 1, days=MOST_FILLS + 1)), 0, 1)
def test_each_step_and_each_fill_counts_its_days_one_by_one(
    schedule: Schedule, after: int, fill_days: int
) -> None:
    left = remaining(schedule, schedule.first_day + timedelta(days=after))
    if left.is_over:
        return
    if (schedule.last_day - left.first_day).days >= MOST_FILLS * fill_days:
        with pytest.raises(CannotLayOut, match="Enter more days for each fill"):
            summary_of(left, fill_days)
        return
    summary = summary_of(left, fill_days)
    days = dict(day_at_a_time(schedule, (schedule.last_day - schedule.first_day).days + 1))
    for runs in (summary.steps, summary.fills):
        seen = []
        for run in runs:
            first, last = days_of_run(run)
            covered = [first + timedelta(days=at) for at in range((last - first).days + 1)]
            seen += covered
            taken = (dose for day in covered for dose in days[day].doses)  # type: ignore[union-attr]
            assert counted(run) == sum(dose.quantity.thousandths for dose in taken)
        assert seen == [day for day in days if day >= left.first_day]


@given(schedules(), st.integers(-3, 100))
def test_the_dose_beside_a_step_is_that_of_each_of_the_days_that_are_left(
    schedule: Schedule, after: int
) -> None:
    left = remaining(schedule, schedule.first_day + timedelta(days=after))
    if left.is_over:
        return
    for run, dated in zip(summary_of(left, 28).steps, left.steps, strict=True):
        assert run.dose.endswith(" a day") == (not dated.step.is_pattern)
        if dated.step.is_pattern:
            said = dict(part.split(": ") for part in run.dose.split("; "))
            for at in range(dated.days):
                day = dated.first_day + timedelta(days=at)
                assert dose_on(said, dated, day) == str(dated.on(day).dose)


def test_alternate_days_are_counted_exactly() -> None:
    summary = summary_of(remaining(schedule_of(pattern(2, 1, days=27)), MONDAY), 14)
    [step] = summary.steps
    assert step.dose == "day 1, 3, 5 …: 0.5 mg; day 2, 4, 6 …: 0.25 mg"
    assert [line.exact for line in step.counts] == ["20½ tablets"]
    assert [run.counts[0].exact for run in summary.fills] == ["10½ tablets", "10 tablets"]
