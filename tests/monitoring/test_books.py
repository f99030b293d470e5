"""The balance: runs of days against a walk over every single day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Dose, Quantity
from taperplanner.monitoring.supply.balance import (
    Count,
    Fill,
    Gap,
    SupplyEvent,
    balance_of,
)
from taperplanner.monitoring.supply.lines import gap_in_words
from taperplanner.monitoring.supply.needs import Span, needed, needs_of
from taperplanner.tapers.schedule.schedule import Ending, Phase, Schedule
from taperplanner.tapers.schedule.steps import WEEK, Regimen, ScheduleDose, ScheduleStep, TimeOfDay

from ..world.patterns import MONDAY, pattern, schedule_of
from ..world.plans import tablet
from ..world.steps import daily_step

START = date(2026, 3, 1)
HORIZON = 700


def taken_on(spans: list[Span], product: int, day: date) -> int:
    """By asking the schedule of that one day."""
    for schedule, first, last in spans:
        if first <= day and (last is None or day <= last):
            phase, dated = schedule.on(day)
            if dated is None or phase is Phase.BEFORE:
                return 0
            return sum(dose.quantity.thousandths for dose in dated.on(day).doses if dose.product == product)
    return 0


@dataclass
class Walked:
    """What a walk over every single day finds, the dumb way."""

    short: list[date] = field(default_factory=list)
    left: int = 0
    compared: list[tuple[date, int, int]] = field(default_factory=list)


def walked(spans: list[Span], product: int, events: list[SupplyEvent], today: date) -> Walked:
    """Morning: what was dispensed and counted before the doses. Then the doses. Then what was counted after."""
    found, day, stock = Walked(), min(event.day for event in events), 0
    while day <= START + timedelta(days=HORIZON):
        happens = sorted((event for event in events if event.day == day), key=lambda event: event.order)
        takes = taken_on(spans, product, day)
        stock = morning(found, stock, takes, happens, events)
        found.left = stock if day == today else found.left
        told = [event for event in happens if is_after(event)]
        if takes > stock and not told:
            found.short.append(day)
        stock = evening(found, max(stock - takes, 0), told, happens, events)
        found.left = stock if day == today and told else found.left
        day += timedelta(days=1)
    return found


def morning(
    found: Walked, stock: int, takes: int, happens: list[SupplyEvent], events: list[SupplyEvent]
) -> int:
    for event in happens:
        if isinstance(event, Fill):
            stock += event.quantity.thousandths
        elif not event.is_after_doses:
            if is_not_the_first(event, events):
                found.compared.append((event.day, max(stock - takes, 0), stock))
            stock = event.quantity.thousandths
    return stock


def evening(
    found: Walked, stock: int, told: list[SupplyEvent], happens: list[SupplyEvent], events: list[SupplyEvent]
) -> int:
    for event in told:
        later = dispensed_after(event, happens)
        if is_not_the_first(event, events):
            found.compared.append((event.day, max(stock - later, 0), max(stock - later, 0)))
        stock = event.quantity.thousandths + later
    return stock


def is_after(event: SupplyEvent) -> bool:
    return isinstance(event, Count) and event.is_after_doses


def dispensed_after(count: SupplyEvent, happens: list[SupplyEvent]) -> int:
    fills = [event for event in happens if isinstance(event, Fill) and event.order > count.order]
    return sum(fill.quantity.thousandths for fill in fills)


def is_not_the_first(count: SupplyEvent, events: list[SupplyEvent]) -> bool:
    return any((event.day, event.order) < (count.day, count.order) for event in events)


def days_of(gaps: Iterable[Gap]) -> list[date]:
    found = []
    for gap in gaps:
        assert gap.last_day is not None
        found += [
            gap.first_day + timedelta(days=day) for day in range((gap.last_day - gap.first_day).days + 1)
        ]
    return found


def doses(first: int, second: int) -> tuple[ScheduleDose, ...]:
    given = ((TimeOfDay.MORNING, 1, first), (TimeOfDay.BEDTIME, 1, second), (TimeOfDay.NOON, 2, 1000))
    return tuple(ScheduleDose(time, number, Quantity(part)) for time, number, part in given if part)


@st.composite
def two_versions(draw: st.DrawFn) -> list[Span]:
    """A schedule, and another that takes over somewhere."""

    def regimen() -> Regimen:
        return Regimen(
            Dose(0), doses(draw(st.sampled_from([0, 250, 500, 1000])), draw(st.sampled_from([0, 500, 1500])))
        )

    def step(position: int) -> ScheduleStep:
        """Of every day alike, or of a pattern."""
        length = draw(st.sampled_from([1, 1, 2, 3, 7]))
        return ScheduleStep(
            position,
            draw(st.integers(1, 30)),
            tuple(regimen() for _ in range(length)),
            starts_on=draw(st.integers(1, length)),
            by_weekday=length == WEEK and draw(st.booleans()),
        )

    def schedule(first_day: date) -> Schedule:
        steps = tuple(step(position) for position in range(1, draw(st.integers(2, 5))))
        ending = draw(st.sampled_from(Ending))
        return Schedule(first_day, steps, ending, {1: tablet(1, "0.5"), 2: tablet(2, "1")})

    later = START + timedelta(days=draw(st.integers(1, 60)))
    return [(schedule(START), START, later - timedelta(days=1)), (schedule(later), later, None)]


def _numbered(events: list[SupplyEvent]) -> list[SupplyEvent]:
    return [replace(event, order=order) for order, event in enumerate(events)]


quantities = st.sampled_from([0, 500, 1000, 7000, 14_000, 28_000, 28_500]).map(Quantity)
event_days = st.integers(-5, 90).map(lambda days: START + timedelta(days=days))
events_ = st.lists(
    st.one_of(
        st.builds(Fill, day=event_days, quantity=quantities),
        st.builds(Count, day=event_days, quantity=quantities, is_after_doses=st.booleans(), gone=quantities),
    ),
    min_size=1,
    max_size=7,
).map(_numbered)


@given(spans=two_versions(), events=events_, today=st.integers(-10, 200))
def test_the_first_day_short_is_the_one_a_walk_over_every_day_finds(
    spans: list[Span], events: list[SupplyEvent], today: int
) -> None:
    """And each gap before today, what should be left, and what stands beside each count."""
    day = max(START + timedelta(days=today), *(event.day for event in events))
    balance, found = balance_of(needs_of(spans, 1), events, day), walked(spans, 1, events, day)
    expected = next((short for short in found.short if short >= day), None)
    assert balance.short_on == expected or (
        expected is None and balance.short_on is not None and (balance.short_on - START).days > HORIZON
    )
    past = [short for short in found.short if short < day]
    assert [short for short in days_of(balance.past) if taken_on(spans, 1, short)] == past
    assert all({gap.first_day, gap.last_day} <= set(past) for gap in balance.past)
    assert balance.left.thousandths == found.left
    assert sorted(
        (one.count.day, one.least.thousandths, one.most.thousandths) for one in balance.compared
    ) == (sorted(found.compared))
    assert balance.taken.thousandths >= 0


@given(spans=two_versions(), start=st.integers(-10, 100), days=st.integers(0, 200))
def test_what_is_needed_is_the_sum_of_every_day(spans: list[Span], start: int, days: int) -> None:
    first = START + timedelta(days=start)
    every = (first + timedelta(days=day) for day in range(days + 1))
    last = first + timedelta(days=days)
    assert needed(needs_of(spans, 1), first, last).thousandths == sum(
        taken_on(spans, 1, day) for day in every
    )


@given(spans=two_versions(), events=events_, today=st.integers(-10, 200))
def test_days_without_enough_are_one_gap_though_days_that_take_nothing_lie_between(
    spans: list[Span], events: list[SupplyEvent], today: int
) -> None:
    """But not days of a step that takes none of the product at all."""
    day = max(START + timedelta(days=today), *(event.day for event in events))
    needs = needs_of(spans, 1)
    for gap, later in pairwise(balance_of(needs, events, day).past):
        assert gap.last_day is not None
        between = days_of([Gap(gap.last_day + timedelta(days=1), later.first_day - timedelta(days=1))])
        assert any(taken_on(spans, 1, one) or not any(need.covers(one) for need in needs) for one in between)


def test_a_pattern_that_is_stayed_on_for_years_is_counted_at_once() -> None:
    steps = (pattern(2, 1, 0, 1, 2, 1, 0, days=7, by_weekday=True),)
    needs = needs_of([(schedule_of(*steps, ending=Ending.STAY), MONDAY, None)], 1)
    assert len(needs) == 2
    years = date(2199, 12, 31)
    weeks, rest = divmod((years - MONDAY).days + 1, 7)
    assert rest == 2
    assert needed(needs, MONDAY, years) == Quantity(3500 * weeks + 1500)
    filled = [Fill(MONDAY, Quantity(3500 * 3000 + 2000))]
    assert balance_of(needs, filled, MONDAY).short_on == MONDAY + timedelta(days=3000 * 7 + 4)


@pytest.mark.parametrize(
    ("halves", "dispensed", "short_on"),
    [(500, 14_000, 28), (500, 13_500, 27), (500, 500, 1), (250, 14_000, 56), (1500, 14_000, 9)],
)
def test_parts_of_tablets_are_kept(halves: int, dispensed: int, short_on: int) -> None:
    step = daily_step(1, 90, Dose(0), (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(halves)),))
    schedule = Schedule(START, (step,), Ending.STOP, {1: tablet(1, "0.5")})
    needs = needs_of([(schedule, START, None)], 1)
    balance = balance_of(needs, [Fill(START, Quantity(dispensed))], START)
    assert balance.short_on == START + timedelta(days=short_on)


def test_a_stay_without_an_end_is_counted_to_the_end_of_dates() -> None:
    step = daily_step(1, 1, Dose(0), (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(1)),))
    schedule = Schedule(START, (step,), Ending.STAY, {1: tablet(1, "0.5")})
    needs = needs_of([(schedule, START, None)], 1)
    assert balance_of(needs, [Fill(START, Quantity(9_999_000))], START).short_on is None


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 11, 8), date(2026, 11, 11), "From November 8 to 11, 2026"),
        (date(2026, 11, 8), date(2026, 11, 8), "On November 8, 2026"),
        (date(2026, 11, 28), date(2026, 12, 2), "From November 28, 2026 to December 2, 2026"),
    ],
    ids=str,
)
def test_a_gap_is_said_in_words(first: date, last: date, says: str) -> None:
    assert gap_in_words(Gap(first, last)) == says
