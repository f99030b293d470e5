"""A section shows a bounded number of its rows, and a link that works without a script shows the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.tapers.models import Plan
from taperplanner.worklist.page import sections_of
from taperplanner.worklist.sections import WorklistQuery
from taperplanner.worklist.views import ROWS_OF_A_SECTION

from ..world.course import add_follow_up, emergency_of, record_dispensing_of, words_of
from ..world.flags import flag_to
from ..world.people import build_patient
from ..world.plans import TODAY
from ..world.universe import NOW, House, Universe
from .test_worklist import signed_for

LEFT = 3
MANY = ROWS_OF_A_SECTION + LEFT


@pytest.fixture
def follow_ups(universe: Universe, plan: Plan) -> Plan:
    for number in range(MANY):
        add_follow_up(plan, universe.ours, TODAY, at=NOW + timedelta(seconds=number))
    return plan


def test_a_long_section_shows_25_rows_and_says_that_there_are_more(follow_ups: Plan, staff: Client) -> None:
    answer = staff.get("/")
    page = words_of(answer)
    assert answer.content.decode().count("?follow_up=") == ROWS_OF_A_SECTION == 25
    assert f"Follow-ups due today ({ROWS_OF_A_SECTION}+)" in page
    assert "Show more: follow-ups due today" in page


def test_show_more_is_a_link_to_the_rows_that_follow(follow_ups: Plan, staff: Client) -> None:
    page = staff.get("/").content.decode()
    address = f"?only=due-today&amp;provider=&amp;after={ROWS_OF_A_SECTION}#due-today"
    assert f'href="{address}"' in page
    page = words_of(staff.get("/", {"only": "due-today", "after": str(ROWS_OF_A_SECTION)}))
    assert page.count("MRN A-1001") == LEFT
    assert f"Follow-ups due today ({MANY})" in page
    assert "Show more" not in page
    assert "Show from the beginning: follow-ups due today" in page
    assert "Show everything" in page


def test_each_row_is_on_one_page_and_on_no_other(follow_ups: Plan, staff: Client) -> None:
    numbers = [
        part.partition('"')[0]
        for after in (0, ROWS_OF_A_SECTION)
        for part in staff.get("/", {"only": "due-today", "after": str(after)})
        .content.decode()
        .split("?follow_up=")[1:]
    ]
    assert len(numbers) == len(set(numbers)) == MANY


@pytest.mark.parametrize("after", ["", "-1", "x", "9" * 30, "²"])
def test_what_is_no_number_of_rows_shows_the_first(follow_ups: Plan, staff: Client, after: str) -> None:
    page = words_of(staff.get("/", {"only": "due-today", "after": after}))
    assert "Show more: follow-ups due today" in page


def test_past_the_last_row_the_way_back_is_shown(follow_ups: Plan, staff: Client) -> None:
    page = words_of(staff.get("/", {"only": "due-today", "after": "500"}))
    assert "MRN A-1001" not in page
    assert "Show from the beginning" in page
    assert "Show more" not in page
    assert f"Follow-ups due today ({MANY})" in page, "there are no more than there are"


def test_on_a_later_page_of_one_section_the_others_are_counted_from_their_beginning(
    universe: Universe, follow_ups: Plan, staff: Client
) -> None:
    emergency_of(follow_ups, universe.ours)
    page = words_of(staff.get("/", {"only": "due-today", "after": str(ROWS_OF_A_SECTION)}))
    assert "Open emergencies 1 " in page
    assert f"Supply that runs out within 7 days {ROWS_OF_A_SECTION}" not in page


def test_no_section_shows_more_rows_than_it_may_or_hides_that_there_are_more(universe: Universe) -> None:
    house = universe.ours
    for _ in range(3):
        busy(house)
    every, few = (sections_of(query(house, limit)) for limit in (500, 2))
    assert {section.key for section in every if section.total > 2} >= {
        "emergencies", "flags", "flags-unseen", "due-today", "steps-today", "reviews-undated",
    }  # fmt: skip
    for whole, part in zip(every, few, strict=True):
        assert whole.total == len(whole.rows), whole.key
        assert len(part.rows) == min(whole.total, 2), whole.key
        assert all(row in whole.rows for row in part.rows), whole.key
        assert part.counted == ("2+" if whole.total > 2 else str(whole.total)), whole.key


def test_a_page_of_a_section_asks_as_often_for_many_rows_as_for_few(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    counts = []
    for more in (2, 2 * MANY):
        for _ in range(more):
            flag_to(universe.ours.staff, plan.patient, universe.ours, by=universe.ours.provider)
        staff.get("/", {"only": "flags"})
        with CaptureQueriesContext(connection) as queries:
            assert "Flags for you (" in words_of(staff.get("/", {"only": "flags"}))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def busy(house: House) -> None:
    """One more row in several sections of the staff's list."""
    plan = signed_for(house, build_patient(house))
    add_follow_up(plan, house, TODAY)
    record_dispensing_of(plan, house, "3", product=1)
    emergency_of(plan, house)
    flag_to(house.staff, plan.patient, house, by=house.provider)
    flag_to(None, plan.patient, house, at=NOW - timedelta(days=1))


def query(house: House, limit: int) -> WorklistQuery:
    return WorklistQuery(house.clinic, TODAY, None, limit, house.staff)
