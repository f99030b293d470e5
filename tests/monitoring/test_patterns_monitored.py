"""A pattern in what monitoring says: the check-in, the supply, the visit summary and today's list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.monitoring.check_ins.asked import asked_of
from taperplanner.monitoring.supply.lines import supply_of
from taperplanner.monitoring.visit_summary.from_rows import steps_of, visit_summary_of
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.course import make_course
from taperplanner.tapers.schedule.schedule import Ending, Schedule

from ..world.contents import OF_FORMAT_2, content_of
from ..world.course import record_dispensing_of, words_of
from ..world.patterns import days_of, on_days_named, pattern, schedule_of, schedules
from ..world.universe import NOW, Universe
from ..world.written import written

BY_WEEKDAY = OF_FORMAT_2["by weekday, with a night without a dose"]
ALTERNATE = OF_FORMAT_2["alternate days from the second of the pattern on"]
TUESDAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


def plan_of(version: Version) -> Plan:
    return Plan.objects.select_related("patient__clinic").get(pk=version.plan_id)


def test_a_check_in_says_today_and_every_day_of_the_pattern(universe: Universe) -> None:
    plan = plan_of(written(ALTERNATE, universe.ours))
    assert asked_of(plan, today=TUESDAY).now == (
        "Today, Tuesday, March 10, 2026: step 2 of 2, day 2 of a pattern of 2 days, 0.5 mg today: bedtime 1 tablet of 0.5"
        " mg. The whole pattern of step 2, counted from Monday, March 9, 2026: day 1, 3, 5 …: 0.25 mg (bedtime ½ tablet of"
        " 0.5 mg); day 2, 4, 6 …: 0.5 mg (bedtime 1 tablet of 0.5 mg)."
    )
    daily = asked_of(plan, today=TUESDAY - timedelta(days=3)).now
    assert daily.endswith("step 1 of 2, 0.5 mg a day: bedtime 1 tablet of 0.5 mg.")


def test_the_visit_summary_has_a_row_for_each_day_of_a_pattern(universe: Universe) -> None:
    plan = plan_of(written(BY_WEEKDAY, universe.ours))
    summary = visit_summary_of(plan, today=TUESDAY, by=universe.ours.provider)
    span = "Mon, Mar 2, 2026 to Sun, Mar 29, 2026, 28 days"
    assert summary.tables[0].rows == (
        (
            "1",
            span,
            "0.75 mg on Monday, Wednesday and Friday",
            "morning ½ tablet of 0.5 mg; bedtime 1 tablet of 0.5 mg",
        ),
        ("1", span, "0.5 mg on Tuesday, Thursday and Saturday", "bedtime 1 tablet of 0.5 mg"),
        ("1", span, "0 mg on Sunday", "none"),
    )
    assert "the Tuesday of a pattern by weekday, 0.5 mg today" in summary.plan.today


class Numbered:
    def __init__(self, number: int, first_day: date) -> None:
        self.number, self.first_day = number, first_day


@given(schedules(), st.integers(1, 60))
def test_the_rows_of_the_visit_summary_name_each_day_that_is_taken_once(one: Schedule, later: int) -> None:
    """Also of a step that a newer version cuts short."""
    other = replace(one, first_day=one.first_day + timedelta(days=later))
    versions = [Numbered(1, one.first_day), Numbered(2, other.first_day)]
    course = make_course(versions, {1: one, 2: other})
    rows = list(steps_of(course))  # type: ignore[arg-type]
    for step in course.steps():
        dated = replace(step.dated, last_day=step.last_day or step.dated.last_day)
        which = f"{step.dated.step.position} of version {step.version.number}"
        of_step = [dose for name, _, dose, _ in rows if name == which]
        for day in days_of(dated) if dated.step.is_pattern else ():
            open_ended = (
                dated if step.last_day else replace(dated, last_day=dated.last_day + timedelta(days=30))
            )
            said = [dose for dose in of_step if day in on_days_named(dose.split(" on ")[1], open_ended)]
            assert [dose.split(" on ")[0] for dose in said] == [str(dated.on(day).dose)]
        if not dated.step.is_pattern:
            assert of_step == [str(dated.on(dated.first_day).dose)]


def test_the_supply_of_a_pattern_is_counted_by_its_days(universe: Universe) -> None:
    version = written(ALTERNATE, universe.ours)
    plan = plan_of(version)
    record_dispensing_of(plan, universe.ours, "9")
    [line] = supply_of(plan, today=date(2026, 3, 2), next_contact=date(2026, 3, 15)).products
    # Seven whole ones, then ½ and 1 in turn: two are left for the 9th to the 11th, which take ½, 1 and ½.
    assert line.short_on == "Thursday, March 12, 2026"
    assert ("The plan takes from today to Sun, Mar 15, 2026", "12 tablets") in line.facts


def test_the_worklist_says_each_day_of_a_pattern_that_begins(universe: Universe) -> None:
    written(ALTERNATE, universe.ours)
    with time_machine.travel(NOW + timedelta(days=7)):
        page = words_of(universe.client_of(universe.ours.staff).get("/"))
    assert "Step 2 of 2 begins: a pattern (day 1, 3, 5 …: 0.25 mg; day 2, 4, 6 …: 0.5 mg)" in page


def test_after_nights_without_a_dose_none_is_said_to_be_the_first(universe: Universe) -> None:
    week = content_of(schedule_of(pattern(2, 0, days=4), first_day=NOW.date()))
    written(week, universe.ours)
    with time_machine.travel(NOW + timedelta(days=4)):
        page = words_of(universe.client_of(universe.ours.staff).get("/"))
    assert "No dose from this day on" in page
    assert "The first day without a dose" not in page


def test_a_pattern_that_is_stayed_on_names_all_its_days_though_its_step_was_one_day() -> None:
    schedule = schedule_of(pattern(2, 1, days=1), ending=Ending.STAY)
    course = make_course([Numbered(1, schedule.first_day)], {1: schedule})
    assert [dose for _, _, dose, _ in steps_of(course)] == [  # type: ignore[arg-type]
        "0.5 mg on day 1, 3, 5 …",
        "0.25 mg on day 2, 4, 6 …",
    ]
