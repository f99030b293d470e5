"""Where a follow-up stands on a day, and which days follow from the steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.accounts.models import Clinic
from taperplanner.doses import Dose
from taperplanner.monitoring.follow_ups.due import FollowUpState, state_of, with_each_step
from taperplanner.tapers.schedule.course import make_course
from taperplanner.tapers.schedule.schedule import Ending, Schedule

from ..tapers.test_chain import Begun
from ..world.steps import daily_step

DUE_ON: Final = date(2026, 3, 8)  # clocks go forward in New York
ZONES: Final = (
    "America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/St_Johns", "America/Sao_Paulo",
    "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Chatham", "Pacific/Kiritimati",
)  # fmt: skip
# In each, a day on which the clocks change somewhere above, and a year's turn.
DAYS: Final = (
    date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 9, 27), date(2026, 10, 4),
    date(2026, 10, 25), date(2026, 11, 1), date(2026, 12, 31), date(2028, 2, 29),
)  # fmt: skip


@pytest.mark.parametrize(
    ("status", "days", "where"),
    [
        ("open", -1, FollowUpState.DUE),
        ("open", 0, FollowUpState.DUE),
        ("open", 1, FollowUpState.OVERDUE),
        ("open", 400, FollowUpState.OVERDUE),
        ("done", 400, FollowUpState.DONE),
        ("missed", -1, FollowUpState.MISSED),
        ("cancelled", 1, FollowUpState.CANCELLED),
    ],
)
def test_a_follow_up_is_overdue_from_the_day_after(status: str, days: int, where: FollowUpState) -> None:
    assert state_of(status, DUE_ON, DUE_ON + timedelta(days=days)) is where


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_it_turns_overdue_at_the_clinics_midnight_to_the_second(zone: str, day: date) -> None:
    clinic = Clinic(time_zone=zone)
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    before, after = midnight - timedelta(seconds=1), midnight
    assert state_of("open", day, clinic.day_of(before)) is FollowUpState.DUE
    assert state_of("open", day, clinic.day_of(after)) is FollowUpState.OVERDUE


@given(
    first_day=st.dates(date(2020, 1, 1), date(2190, 1, 1)),
    days=st.lists(st.integers(1, 90), min_size=1, max_size=20),
    offset=st.integers(0, 999),
    late=st.integers(-50, 900),
)
def test_with_each_step_is_so_many_days_after_each_step_begins(
    first_day: date, days: list[int], offset: int, late: int
) -> None:
    steps = tuple(daily_step(position, length, Dose(0), ()) for position, length in enumerate(days, 1))
    schedule = Schedule(first_day, steps, Ending.STOP, {})
    today = first_day + timedelta(days=late)
    course = make_course([Begun(1, first_day)], {1: schedule})
    found = list(with_each_step(course, offset_days=offset, today=today))
    expected = [dated.first_day + timedelta(days=offset) for dated in schedule.dated_steps()]
    assert [hanging.due_on for hanging in found] == [day for day in expected if day >= today]
    assert all(hanging.offset_days == offset for hanging in found)
