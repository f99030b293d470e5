"""The clinic's day, in twelve time zones over two years, daylight-saving days among them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from taperplanner.accounts.models import Clinic

ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/St_Johns", "Europe/London", "Asia/Kolkata",
    "Australia/Lord_Howe", "Pacific/Apia",
)  # fmt: skip
DAYS = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(730)]


@pytest.mark.parametrize("zone", ZONES)
def test_each_minute_of_a_local_day_is_that_day(zone: str) -> None:
    clinic = Clinic(time_zone=zone)
    for day in DAYS:
        for moment in (time(0, 0), time(0, 59, 59), time(3, 30), time(12), time(23, 0), time(23, 59, 59)):
            for fold in (0, 1):
                local = datetime.combine(day, moment, ZoneInfo(zone)).replace(fold=fold)
                assert clinic.day_of(local.astimezone(UTC)) == day, (local, fold)


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_changes_at_local_midnight_and_never_goes_back(zone: str) -> None:
    clinic = Clinic(time_zone=zone)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    before = clinic.day_of(moment)
    for _ in range(730 * 48):
        moment += timedelta(minutes=30)
        day = clinic.day_of(moment)
        assert day - before in {timedelta(0), timedelta(days=1)}
        before = day
