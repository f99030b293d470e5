"""A sum of answers says how many were asked, and each contact of a day has its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.monitoring.chart import words as chart_words
from taperplanner.monitoring.chart.axis import DayAxis
from taperplanner.monitoring.chart.drawing import NARROW, WIDE, draw
from taperplanner.monitoring.chart.facts import Point, symptoms_noted
from taperplanner.monitoring.chart.page import chart_of, svg
from taperplanner.monitoring.models import CheckIn
from taperplanner.monitoring.scales import PHQ9, score_of
from taperplanner.monitoring.symptoms import SYMPTOMS, SymptomTotal, symptom_total
from taperplanner.tapers.models import Plan

from ..world.course import check_in
from ..world.plan_pages import plan_url
from ..world.stories import FIRST, day, nothing
from ..world.universe import Universe

FOUR = {"anxiety": 2, "tremor": 1, "insomnia": 0, "drowsiness": 0}
ALL = dict.fromkeys(SYMPTOMS, 0)


def test_a_sum_says_how_many_were_asked() -> None:
    assert str(symptom_total(FOUR, 18)) == f"3, 4 of 18 asked ({len(SYMPTOMS) - 18} added since)"
    assert str(symptom_total(FOUR)) == f"3, 4 of {len(SYMPTOMS)} asked"
    assert symptom_total(FOUR, None) == SymptomTotal(3, 4, 18)  # a row from before the list's length was kept
    assert symptom_total({}, 18) is None


def test_the_list_and_the_table_say_it_and_the_mark_is_hollow(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(plan, universe.ours, ratings=FOUR)
    page = staff.get(plan_url(plan, "progress/")).content.decode()
    asked = f"3, 4 of {len(SYMPTOMS)} asked"
    assert f"symptoms {asked}" in page
    assert f"<bdi>{asked}</bdi>" in page
    assert "chart-hollow" in page
    assert "Total with some questions not asked" in page
    assert CheckIn.objects.get().symptoms_listed == len(SYMPTOMS)


def test_a_sum_of_everything_is_a_full_mark(universe: Universe, plan: Plan, staff: Client) -> None:
    check_in(plan, universe.ours, ratings=ALL)
    page = staff.get(plan_url(plan, "progress/")).content.decode()
    assert f"0, {len(SYMPTOMS)} of {len(SYMPTOMS)} asked" in page
    assert "chart-hollow" not in page
    assert "Total with some questions not asked" not in page


def test_items_without_a_total_say_how_many_were_asked(universe: Universe, plan: Plan, staff: Client) -> None:
    check_in(plan, universe.ours, phq9=score_of(PHQ9, [1, 2, *[None] * 7], None))
    assert (
        "2 of 9 items asked, so there is no total"
        in staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    )


def test_no_second_contact_of_a_day_hides_the_first(universe: Universe, plan: Plan, staff: Client) -> None:
    """In the morning a full list, on the phone in the evening one question."""
    check_in(plan, universe.ours, ratings=ALL | {"anxiety": 3, "tremor": 3}, phq9=score_of(PHQ9, (), 11))
    check_in(plan, universe.ours, ratings={"anxiety": 1}, phq9=score_of(PHQ9, (), 4))
    page = staff.get(plan_url(plan, "progress/")).content.decode()
    for said in (
        f"6, {len(SYMPTOMS)} of {len(SYMPTOMS)} asked (check-in 1)",
        f"1, 1 of {len(SYMPTOMS)} asked (check-in 2)",
        "11 of 27 (check-in 1, item 9 was not asked)",
        "4 of 27 (check-in 2, item 9 was not asked)",
        "noted 2 times, 1 of them not asked in full",
    ):
        assert said in page, said
    assert "</strong></a>, check-in 1, phone" in page


@pytest.mark.parametrize("paper", [WIDE, NARROW], ids=lambda paper: paper.name)
@pytest.mark.parametrize("days", [1, 400], ids=str)
def test_contacts_of_one_day_stand_side_by_side(paper: object, days: int) -> None:
    points = tuple(Point(day(offset), 5, 4, 18) for offset in (0, 0, 0, days - 1, days - 1))
    story = replace(nothing(), bands=(symptoms_noted(points, maximum=57),))
    drawing = draw(story, paper)  # type: ignore[arg-type]
    places = [stem.x for stem in drawing.bands[0].stems]
    assert len(set(places)) == len(points)
    assert all(drawing.left <= place <= drawing.right for place in places)


@given(st.integers(1, 700), st.integers(0, 699), st.integers(1, 6))
def test_they_never_stand_on_one_another(days: int, offset: int, count: int) -> None:
    axis = DayAxis(FIRST, day(days - 1), 60, 326)
    places = axis.side_by_side(day(min(offset, days - 1)), count, 6)
    assert len(set(places)) == count
    assert all(axis.left <= place <= axis.right for place in places)


def test_the_drawing_alone_explains_its_hollow_mark() -> None:
    story = replace(nothing(), bands=(symptoms_noted((Point(FIRST, 3, 4, 18),), maximum=57),))
    assert "Total with some questions not asked" in svg(chart_of(story))
    assert [row.value for row in chart_words.rows(story)] == ["3, 4 of 18 asked"]
