"""The pages of a plan whose steps hold patterns: the table, the second check, the text for an order."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from hypothesis import given

from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event
from taperplanner.tapers.models import Version, VersionCheck
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.wording.to_check import to_check

from ..world.contents import OF_FORMAT_2
from ..world.patterns import days_of, pattern, schedule_of, schedules
from ..world.universe import NOW, PASSWORD, Universe, checker
from ..world.written import written

BY_WEEKDAY = OF_FORMAT_2["by weekday, with a night without a dose"]
ALTERNATE = OF_FORMAT_2["alternate days from the second of the pattern on"]


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    Clinic.objects.update(requires_check=True)
    return written(ALTERNATE, universe.ours)


@pytest.fixture(name="checker")
def _checker(universe: Universe) -> Client:
    return universe.client_of(checker(universe.ours))


def shown(client: Client, address: str) -> str:
    page = html.unescape(client.get(address).content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")


def check_of(version: Version) -> str:
    return f"{version.get_absolute_url()}check/"


def test_the_table_has_a_line_for_each_day_of_a_pattern_and_marks_the_one_of_today(
    universe: Universe,
) -> None:
    version = written(BY_WEEKDAY, universe.ours)
    page = shown(universe.client_of(universe.ours.staff), version.get_absolute_url())
    assert "step 1 of 1, the Monday of a pattern by weekday, 0.75 mg today:" in page
    for line in (
        "0.75 mg on Monday, Wednesday and Friday",
        "0.5 mg on Tuesday, Thursday and Saturday",
        "0 mg on Sunday",
    ):
        assert line in page
    assert page.count("today ") >= 1
    assert not re.search(r"[\d.]+ mg a day", page)


def test_the_checker_is_asked_for_each_day_of_a_pattern_and_sees_no_dose(
    version: Version, checker: Client
) -> None:
    page = shown(checker, check_of(version))
    assert "Step 1, Mon, Mar 2, 2026 to Sun, Mar 8, 2026: daily dose in mg" in page
    for day in (
        "day 1 of 2 of its pattern, first on Mon, Mar 9, 2026",
        "day 2 of 2 of its pattern, first on Tue, Mar 10",
    ):
        assert f"Step 2, Mon, Mar 9, 2026 to Sat, Apr 4, 2026, {day}" in page
    assert not re.search(
        r"\d mg\b", page.split("The signed doses are not shown here")[1].split("Compare with")[0]
    )


def test_each_day_of_a_pattern_agrees_or_is_named(version: Version, checker: Client) -> None:
    swapped = {"dose-1": "0.5", "dose-2-1": "0.5", "dose-2-2": "0.25", "password": PASSWORD}
    checker.post(check_of(version), swapped)
    check = VersionCheck.objects.get()
    assert check.differences == [
        {"step": 2, "day": "day 1 of 2", "typed": "0.5 mg", "signed": "0.25 mg"},
        {"step": 2, "day": "day 2 of 2", "typed": "0.25 mg", "signed": "0.5 mg"},
    ]
    page = shown(checker, version.get_absolute_url())
    assert "Step 2, day 1 of 2: typed 0.5 mg, signed 0.25 mg." in page
    assert "at step 2 (day 1 of 2), step 2 (day 2 of 2)." in page
    details = Event.objects.get(action="version.checked").details
    assert (details["agrees"], details["steps"]) == (False, [2])


def test_a_pattern_is_checked_once_each_of_its_days_is_typed(version: Version, checker: Client) -> None:
    checker.post(check_of(version), {"dose-1": "0.5", "dose-2-1": "0.25"})
    assert not VersionCheck.objects.exists()
    checker.post(
        check_of(version), {"dose-1": "0.5", "dose-2-1": "0.25", "dose-2-2": "0.5", "password": PASSWORD}
    )
    check = VersionCheck.objects.get()
    assert (check.agrees, check.typed) == (True, ["0.5 mg", "0.25 mg", "0.5 mg"])


@given(schedules())
def test_every_dose_of_every_day_is_asked_for_once(schedule: Schedule) -> None:
    asked = to_check(schedule)
    assert len({one.name for one in asked}) == len({one.label for one in asked}) == len(asked)
    for dated in schedule.dated_steps():
        of_step = [one for one in asked if one.step == dated.step.position]
        days = days_of(dated)
        if schedule.ending is Ending.STAY and dated.last_day == schedule.last_day:
            days = days_of(replace(dated, last_day=dated.first_day.replace(year=dated.first_day.year + 1)))
        doses = sorted(str(dated.on(day).dose) for day in days[: len(dated.step.regimens)])
        assert sorted(str(one.dose) for one in of_step) == doses
        assert all(bool(one.day) == dated.step.is_pattern for one in of_step)


def test_weekdays_are_asked_for_from_monday_on() -> None:
    days = [one.day for one in to_check(schedule_of(pattern(1, 2, 3, 4, 5, 6, 0, by_weekday=True)))]
    assert days == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
