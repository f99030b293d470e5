"""Dates follow from the first day and the days of each step; sums are exact."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Dose, Quantity, parse_dose
from taperplanner.tapers.schedule.changes import Change
from taperplanner.tapers.schedule.schedule import Ending, Form, Phase, Schedule, ScheduleProduct, daily_total
from taperplanner.tapers.schedule.steps import ScheduleDose, ScheduleStep, TimeOfDay

from ..world.plans import tablet
from ..world.steps import daily_step

PRODUCTS = {1: tablet(1, "0.5")}


def a_step(position: int, days: int, halves: int = 2) -> ScheduleStep:
    doses = (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(halves * 500)),) if halves else ()
    return daily_step(position, days, Dose(halves * 250_000), doses)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    lengths = draw(st.lists(st.integers(1, 90), min_size=1, max_size=40))
    steps = tuple(a_step(position, days, draw(st.integers(0, 8))) for position, days in enumerate(lengths, 1))
    first = draw(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    return Schedule(first, steps, draw(st.sampled_from(Ending)), PRODUCTS)


@given(schedules())
def test_every_day_of_the_schedule_belongs_to_exactly_one_step(schedule: Schedule) -> None:
    dated = list(schedule.dated_steps())
    assert dated[0].first_day == schedule.first_day
    assert dated[-1].last_day == schedule.last_day
    for one, following in pairwise(dated):
        assert following.first_day == one.last_day + timedelta(days=1)
    assert sum((one.last_day - one.first_day).days + 1 for one in dated) == sum(
        step.days for step in schedule.steps
    )


@given(schedules(), st.integers(-5, 4000))
def test_a_day_is_before_in_a_step_or_after(schedule: Schedule, offset: int) -> None:
    day = schedule.first_day + timedelta(days=offset)
    phase, dated = schedule.on(day)
    if day < schedule.first_day:
        assert (phase, dated) == (Phase.BEFORE, None)
    elif day <= schedule.last_day:
        assert phase is Phase.STEP
        assert dated is not None
        assert dated.covers(day)
    elif schedule.ending is Ending.STOP:
        assert (phase, dated) == (Phase.STOPPED, None)
    else:
        assert phase is Phase.STAY
        assert dated is not None
        assert dated.step is schedule.steps[-1]


@given(schedules())
def test_tablets_needed_are_the_sum_over_all_days(schedule: Schedule) -> None:
    a_day_at_a_time = 0
    day = schedule.first_day
    while day <= schedule.last_day:
        dated = schedule.on(day)[1]
        assert dated is not None
        a_day_at_a_time += sum(dose.quantity.thousandths for dose in dated.step.all_doses)
        day += timedelta(days=1)
    assert schedule.needed() == {1: Quantity(a_day_at_a_time)}


@given(
    st.lists(
        st.tuples(st.sampled_from(["0.125", "0.25", "0.5", "1", "2"]), st.integers(1, 40)),
        min_size=1,
        max_size=4,
    )
)
def test_tablets_of_several_strengths_add_up_exactly(taken: list[tuple[str, int]]) -> None:
    products = {number: tablet(number, strength, 250) for number, (strength, _) in enumerate(taken, 1)}
    doses = tuple(
        ScheduleDose(TimeOfDay.NOON, number, Quantity(quarters * 250))
        for number, (_, quarters) in enumerate(taken, 1)
    )
    nanograms = sum(parse_dose(strength).nanograms * quarters // 4 for strength, quarters in taken)
    assert daily_total(doses, products) == Dose(nanograms)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2", "1.5", "down 0.5 mg (25 %)"),
        ("1.5", "1", "down 0.5 mg (about 33.3 %)"),
        ("1.5", "0.5", "down 1 mg (about 66.7 %)"),
        ("1", "1.125", "up 0.125 mg (12.5 %)"),
        ("4", "3.75", "down 0.25 mg (about 6.3 %)"),  # 6.25: a half is said upwards
        ("4", "3.999", "down 0.001 mg (about 0 %)"),
        ("4", "3.998", "down 0.002 mg (about 0.1 %)"),
        ("1", "1", "no change"),
        ("0.5", "0", "down 0.5 mg (100 %)"),
        ("0", "0.5", "up 0.5 mg (from zero)"),
        ("9999", "9998.99999", "down 0.00001 mg (about 0 %)"),
    ],
)
def test_a_change_is_said_in_mg_and_percent(before: str, after: str, words: str) -> None:
    assert str(Change(parse_dose(before), parse_dose(after))) == words


@pytest.mark.parametrize(
    ("form", "thousandths", "amount"),
    [
        (Form.TABLET, 500, "½ tablet"),
        (Form.TABLET, 1000, "1 tablet"),
        (Form.TABLET, 1500, "1½ tablets"),
        (Form.ORALLY_DISINTEGRATING, 2000, "2 tablets"),
        (Form.LIQUID, 500, "0.5 mL"),
        (Form.LIQUID, 1000, "1 mL"),
    ],
)
def test_an_amount_names_its_unit(form: Form, thousandths: int, amount: str) -> None:
    product = ScheduleProduct(1, "clonazepam", form, parse_dose("0.5"), Quantity(100))
    assert product.amount(Quantity(thousandths)) == amount
