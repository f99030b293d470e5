"""Tablets counted: the runs against a walk over every day, the actions, and the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

from taperplanner.doses import Dose, Quantity
from taperplanner.monitoring.actions import supply as actions
from taperplanner.monitoring.models import Dispensing
from taperplanner.monitoring.supply import Fill, Span, first_day_short, needed, needs_of
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.schedule import Ending, Phase, Schedule, ScheduleDose, ScheduleStep, TimeOfDay

from ..patients.people import build_patient
from ..tapers.pages import url
from ..tapers.plans import TODAY, open_plan, revise, sign_revision, tablet
from ..universe import NOW, Universe
from .course import add_follow_up, dispense, words_of

START = date(2026, 3, 1)
HORIZON = 700


def taken_on(spans: list[Span], product: int, day: date) -> int:
    """By asking the schedule of that one day."""
    for schedule, first, last in spans:
        if first <= day and (last is None or day <= last):
            phase, dated = schedule.on(day)
            if dated is None or phase is Phase.BEFORE:
                return 0
            return sum(dose.quantity.thousandths for dose in dated.step.doses if dose.product == product)
    return 0


def walked(spans: list[Span], product: int, fills: list[Fill]) -> date | None:
    """Day by day: the first on which there is too little."""
    day, stock = min(fill.day for fill in fills), 0
    for _ in range(HORIZON * 2):
        stock += sum(fill.quantity.thousandths for fill in fills if fill.day == day)
        if taken_on(spans, product, day) > stock:
            return day
        stock -= taken_on(spans, product, day)
        day += timedelta(days=1)
    return None


def doses(first: int, second: int) -> tuple[ScheduleDose, ...]:
    given = ((TimeOfDay.MORNING, 1, first), (TimeOfDay.BEDTIME, 1, second), (TimeOfDay.NOON, 2, 1000))
    return tuple(ScheduleDose(time, number, Quantity(part)) for time, number, part in given if part)


@st.composite
def two_versions(draw: st.DrawFn) -> list[Span]:
    """A schedule, and another that takes over somewhere."""

    def schedule(first_day: date) -> Schedule:
        steps = tuple(
            ScheduleStep(
                position,
                draw(st.integers(1, 30)),
                Dose(0),
                doses(draw(st.sampled_from([0, 250, 500, 1000])), draw(st.sampled_from([0, 500, 1500]))),
            )
            for position in range(1, draw(st.integers(2, 5)))
        )
        ending = draw(st.sampled_from(Ending))
        return Schedule(first_day, steps, ending, {1: tablet(1, "0.5"), 2: tablet(2, "1")})

    later = START + timedelta(days=draw(st.integers(1, 60)))
    return [(schedule(START), START, later - timedelta(days=1)), (schedule(later), later, None)]


fills_ = st.lists(
    st.builds(
        lambda days, parts: Fill(START + timedelta(days=days), Quantity(parts)),
        st.integers(-5, 90),
        st.sampled_from([500, 1000, 7000, 14_000, 28_000, 28_500]),
    ),
    min_size=1,
    max_size=5,
)


@given(spans=two_versions(), fills=fills_)
def test_the_first_day_short_is_the_one_a_walk_over_every_day_finds(
    spans: list[Span], fills: list[Fill]
) -> None:
    found = first_day_short(needs_of(spans, 1), fills)
    expected = walked(spans, 1, fills)
    assert found == expected or (expected is None and found is not None and (found - START).days > HORIZON)


@given(spans=two_versions(), start=st.integers(-10, 100), days=st.integers(0, 200))
def test_what_is_needed_is_the_sum_of_every_day(spans: list[Span], start: int, days: int) -> None:
    first = START + timedelta(days=start)
    every = (first + timedelta(days=day) for day in range(days + 1))
    last = first + timedelta(days=days)
    assert needed(needs_of(spans, 1), first, last).thousandths == sum(
        taken_on(spans, 1, day) for day in every
    )


@pytest.mark.parametrize(
    ("halves", "dispensed", "short_on"),
    [(500, 14_000, 28), (500, 13_500, 27), (500, 500, 1), (250, 14_000, 56), (1500, 14_000, 9)],
)
def test_parts_of_tablets_are_kept(halves: int, dispensed: int, short_on: int) -> None:
    step = ScheduleStep(1, 90, Dose(0), (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(halves)),))
    schedule = Schedule(START, (step,), Ending.STOP, {1: tablet(1, "0.5")})
    needs = needs_of([(schedule, START, None)], 1)
    assert first_day_short(needs, [Fill(START, Quantity(dispensed))]) == START + timedelta(days=short_on)


def test_a_stay_without_an_end_is_counted_to_the_end_of_dates() -> None:
    step = ScheduleStep(1, 1, Dose(0), (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(1)),))
    schedule = Schedule(START, (step,), Ending.STAY, {1: tablet(1, "0.5")})
    needs = needs_of([(schedule, START, None)], 1)
    assert first_day_short(needs, [Fill(START, Quantity(9_999_000))]) is None


def test_the_page_counts_what_the_plan_takes(universe: Universe, plan: Plan, staff: Client) -> None:
    """2 mg a day in 1 mg tablets to March 15; then 1 of 1 mg and 1 of 0.5 mg from March 16 on."""
    add_follow_up(plan, universe.ours, date(2026, 3, 23))
    dispense(plan, universe.ours, "28", product=1)
    dispense(plan, universe.ours, "10", product=2)
    page = words_of(staff.get(url(plan, "progress/")))
    assert "First day without enough: Monday, March 16, 2026." in page  # 28 of 1 mg
    assert "First day without enough: Thursday, March 26, 2026." in page  # 10 of 0.5 mg
    assert "The plan takes from today to Mon, Mar 23, 2026" in page
    assert " 36 tablets " in page  # 28 to March 15, and 8
    assert " 8 tablets " in page


def test_what_should_be_left_goes_down_from_day_to_day(
    universe: Universe, plan: Plan, staff: Client, time_machine: TimeMachineFixture
) -> None:
    dispense(plan, universe.ours, "28", product=1)
    time_machine.move_to(datetime(2026, 3, 5, 16, tzinfo=UTC))
    universe.clients.clear()
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get(url(plan, "progress/")))
    assert "The plan took up to yesterday 6 tablets" in page
    assert "Should be left this morning 22 tablets" in page


def test_a_newer_version_is_counted_from_its_first_day(
    universe: Universe, version: Version, staff: Client
) -> None:
    dispense(version.plan, universe.ours, "28", product=1)
    sign_revision(revise(version, universe.ours), universe.ours)
    page = staff.get(url(version.plan, "progress/")).content.decode()
    assert "First day without enough: Monday, March 16, 2026." in page


def test_an_ended_plan_takes_nothing_any_more(universe: Universe, plan: Plan, staff: Client) -> None:
    dispense(plan, universe.ours, "4", product=1)
    assert "First day without enough: Wednesday, March 4, 2026." in words_of(
        staff.get(url(plan, "progress/"))
    )
    end_plan(
        plan=plan, revision=1, state=State.DISCONTINUED, reason="Moved", by=universe.ours.provider, at=NOW
    )
    assert "First day without enough" not in words_of(staff.get(url(plan, "progress/")))


def test_dispensing_is_recorded_and_corrected(universe: Universe, plan: Plan, staff: Client) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/02/2026"}
    assert staff.post(url(plan, "supply/add/"), given).status_code == 302
    slip = {"product": "1", "quantity": "0", "dispensed_on": "03/02/2026", "why": "Another patient's"}
    assert staff.post(url(plan, "supply/1/correct/"), slip).status_code == 302
    assert list(plan.dispensings.standing().values_list("number", "quantity_thousandths")) == [(2, 0)]
    page = staff.get(url(plan, "progress/")).content.decode()
    assert "Another patient&#x27;s" in page
    assert "nothing can be counted" in page
    again = staff.post(url(plan, "supply/1/correct/"), slip).content.decode()
    assert "corrected already" in again


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"quantity": ""}, "Enter how many were dispensed"),
        ({"quantity": "0"}, "Enter how many were dispensed"),
        ({"quantity": "28.5.1"}, "one point"),
        ({"dispensed_on": "03/03/2026"}, "This is after today"),
        ({"product": ""}, "Choose the product"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(plan: Plan, staff: Client, changed: dict[str, str], says: str) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/02/2026"} | changed
    assert says in staff.post(url(plan, "supply/add/"), given).content.decode()
    assert not Dispensing.objects.exists()


def test_a_product_of_another_plan_is_refused(universe: Universe, plan: Plan) -> None:
    other = open_plan(universe.ours, build_patient(universe.ours)).products.get(number=1)
    given = actions.DispensingDetails(other, Quantity(1000), TODAY)
    with pytest.raises(actions.CannotRecordDispensing, match="product of this plan"):
        actions.record_dispensing(plan=plan, details=given, by=universe.ours.staff, at=NOW)


@pytest.mark.parametrize("broken", [{"quantity_thousandths": 0}, {"why_corrected": "x"}], ids=str)
def test_the_database_refuses_what_is_no_dispensing(
    universe: Universe, plan: Plan, broken: dict[str, Any]
) -> None:
    row = dispense(plan, universe.ours)
    values = {
        "plan": plan,
        "number": 9,
        "product": row.product,
        "quantity_thousandths": 1000,
        "dispensed_on": TODAY,
        "recorded_by": universe.ours.staff,
        "recorded_by_name": "x",
        "recorded_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispensing.objects.create(**(values | broken))
