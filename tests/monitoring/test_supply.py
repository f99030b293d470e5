"""Tablets counted: the runs against a walk over every day, the actions, and the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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
from taperplanner.monitoring.supply import Count, Event, Fill, Gap, Span, books_of, needed, needs_of
from taperplanner.monitoring.supply_lines import gap_in_words
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.schedule import Ending, Phase, Schedule, ScheduleDose, ScheduleStep, TimeOfDay
from taperplanner.tapers.typed import TypedDraft, TypedStep

from ..patients.people import build_patient
from ..tapers.pages import url, values
from ..tapers.plans import TODAY, open_plan, revise, sign, sign_revision, tablet
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


@dataclass
class Walked:
    """What a walk over every single day finds, the dumb way."""

    short: list[date] = field(default_factory=list)
    left: int = 0
    compared: list[tuple[date, int, int]] = field(default_factory=list)


def walked(spans: list[Span], product: int, events: list[Event], today: date) -> Walked:
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


def morning(found: Walked, stock: int, takes: int, happens: list[Event], events: list[Event]) -> int:
    for event in happens:
        if isinstance(event, Fill):
            stock += event.quantity.thousandths
        elif not event.is_after_doses:
            if is_not_the_first(event, events):
                found.compared.append((event.day, max(stock - takes, 0), stock))
            stock = event.quantity.thousandths
    return stock


def evening(found: Walked, stock: int, told: list[Event], happens: list[Event], events: list[Event]) -> int:
    for event in told:
        later = dispensed_after(event, happens)
        if is_not_the_first(event, events):
            found.compared.append((event.day, max(stock - later, 0), max(stock - later, 0)))
        stock = event.quantity.thousandths + later
    return stock


def is_after(event: Event) -> bool:
    return isinstance(event, Count) and event.is_after_doses


def dispensed_after(count: Event, happens: list[Event]) -> int:
    fills = [event for event in happens if isinstance(event, Fill) and event.order > count.order]
    return sum(fill.quantity.thousandths for fill in fills)


def is_not_the_first(count: Event, events: list[Event]) -> bool:
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


def _numbered(events: list[Event]) -> list[Event]:
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
    spans: list[Span], events: list[Event], today: int
) -> None:
    """And each gap before today, what should be left, and what stands beside each count."""
    day = max(START + timedelta(days=today), *(event.day for event in events))
    books, found = books_of(needs_of(spans, 1), events, day), walked(spans, 1, events, day)
    expected = next((short for short in found.short if short >= day), None)
    assert books.short_on == expected or (
        expected is None and books.short_on is not None and (books.short_on - START).days > HORIZON
    )
    assert days_of(books.past) == [short for short in found.short if short < day]
    assert books.left.thousandths == found.left
    assert sorted((one.count.day, one.least.thousandths, one.most.thousandths) for one in books.compared) == (
        sorted(found.compared)
    )
    assert books.taken.thousandths >= 0


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
    books = books_of(needs, [Fill(START, Quantity(dispensed))], START)
    assert books.short_on == START + timedelta(days=short_on)


def test_a_stay_without_an_end_is_counted_to_the_end_of_dates() -> None:
    step = ScheduleStep(1, 1, Dose(0), (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(1)),))
    schedule = Schedule(START, (step,), Ending.STAY, {1: tablet(1, "0.5")})
    needs = needs_of([(schedule, START, None)], 1)
    assert books_of(needs, [Fill(START, Quantity(9_999_000))], START).short_on is None


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
    slip = {"product": "1", "quantity": "14", "dispensed_on": "03/02/2026", "why": "Misread the label"}
    assert staff.post(url(plan, "supply/1/correct/"), slip).status_code == 302
    assert list(plan.dispensings.standing().values_list("number", "quantity_thousandths")) == [(2, 14_000)]
    page = words_of(staff.get(url(plan, "progress/")))
    assert "Misread the label" in page
    assert "First day without enough: Monday, March 9, 2026." in page
    assert "corrected already" in words_of(staff.post(url(plan, "supply/1/correct/"), slip))


def test_what_was_not_dispensed_is_no_correction_to_nothing(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    dispense(plan, universe.ours, "28", product=1)
    slip = {"product": "1", "quantity": "0", "dispensed_on": "03/02/2026", "why": "Never happened"}
    assert "mark it as entered in error instead" in words_of(staff.post(url(plan, "supply/1/correct/"), slip))
    assert plan.dispensings.count() == 1


def test_no_number_stands_in_a_field_beforehand(universe: Universe, plan: Plan, staff: Client) -> None:
    """Nor in a sentence beside one: "for example 28" is read as what to type."""
    dispense(plan, universe.ours, "28", product=1)
    for path, fields in (
        ("supply/add/", ["quantity"]),
        ("supply/1/correct/", ["quantity"]),
        ("supply/count/", ["left", "lost", "returned", "destroyed"]),
    ):
        for page in (staff.get(url(plan, path)), staff.post(url(plan, path), {})):
            inputs = values(page.content.decode())
            assert [inputs[name] for name in fields] == [""] * len(fields), path
            words = words_of(page).partition("MRN")[2]
            assert "for example" not in words
            assert not re.search(r"\b(28|14|30)\b(?! tablets)", words), path


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"quantity": ""}, "Enter how many were dispensed"),
        ({"quantity": "0"}, "Enter how many were dispensed"),
        ({"quantity": "28.5.1"}, "plain digits"),
        ({"quantity": "28.5"}, "clonazepam 1 mg tablet is not split, so only whole tablets can be counted"),
        ({"product": "2", "quantity": "28.25"}, "only whole and half tablets can be counted"),
        ({"dispensed_on": "03/03/2026"}, "This is after today"),
        ({"dispensed_on": ""}, "Enter the month, the day and the year."),
        (
            {"dispensed_on": "03/02/2020"},
            "Monday, March 2, 2020 is 2191 days before the plan’s first day, March 2, 2026. Check the year.",
        ),
        ({"product": ""}, "Choose the product"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(plan: Plan, staff: Client, changed: dict[str, str], says: str) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/02/2026"} | changed
    assert says in words_of(staff.post(url(plan, "supply/add/"), given))
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


def test_the_next_first_day_short_is_said_and_a_past_one_apart(
    universe: Universe, staff: Client, time_machine: TimeMachineFixture
) -> None:
    """The issue's refill that comes late: T, one a day from the 1st; 7 on the 1st, 20 on the 12th."""
    at = datetime(2026, 11, 1, 15, tzinfo=UTC)
    steps = (TypedStep("60", "0.5", "", {"bedtime-2": "1"}),)
    plan = sign(open_plan(universe.ours), universe.ours, TypedDraft("11/01/2026", "stop", steps), at=at).plan
    dispense(plan, universe.ours, "7", day=date(2026, 11, 1), at=at)
    dispense(plan, universe.ours, "20", day=date(2026, 11, 12), at=at + timedelta(days=11))
    time_machine.move_to(at + timedelta(days=26))
    universe.clients.clear()
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get(url(plan, "progress/")))
    assert "First day without enough: Wednesday, December 2, 2026." in page
    assert "From November 8 to 11, 2026 there was not enough on the books." in page
    assert "Dispensed 27 tablets since Sun, Nov 1, 2026" in page
    assert "The plan took up to yesterday 22 tablets" in page  # 7, and 15 from the 12th to the 26th
    assert "Should be left this morning 5 tablets" in page
    worklist = words_of(client.get("/"))
    assert "Wednesday, December 2, 2026 First day without enough of clonazepam 0.5 mg tablet" in worklist


def test_while_nothing_is_there_today_is_the_first_day_short(
    universe: Universe, plan: Plan, time_machine: TimeMachineFixture
) -> None:
    dispense(plan, universe.ours, "14", product=1)
    time_machine.move_to(datetime(2026, 3, 12, 16, tzinfo=UTC))
    universe.clients.clear()
    client = universe.client_of(universe.ours.staff)
    page = words_of(client.get(url(plan, "progress/")))
    assert "Today there is not enough on the books: Thursday, March 12, 2026." in page
    assert "From March 9 to 11, 2026 there was not enough on the books." in page
    assert "Thursday, March 12, 2026 First day without enough of" in words_of(client.get("/"))


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


def test_the_same_again_is_asked_before_it_is_kept(universe: Universe, plan: Plan, staff: Client) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/02/2026"}
    assert staff.post(url(plan, "supply/add/"), given).status_code == 302
    asked = words_of(staff.post(url(plan, "supply/add/"), given))
    assert "Again 28 tablets on March 2, 2026?" in asked
    assert "Nothing is written down yet." in asked
    assert plan.dispensings.count() == 1
    sure = given | {"sure": "again-2026-03-02|1|28000"}
    other = sure | {"quantity": "14"}
    assert staff.post(url(plan, "supply/add/"), other).status_code == 302  # nothing to ask
    assert "Again 14 tablets" in words_of(staff.post(url(plan, "supply/add/"), other))  # its yes was of 28
    assert staff.post(url(plan, "supply/add/"), sure).status_code == 302
    assert plan.dispensings.count() == 3


def test_a_far_day_is_kept_when_it_is_meant(plan: Plan, staff: Client) -> None:
    given = {"product": "1", "quantity": "28", "dispensed_on": "03/01/2025"}
    assert "366 days before the plan’s first day" in words_of(staff.post(url(plan, "supply/add/"), given))
    assert staff.post(url(plan, "supply/add/"), given | {"sure": "far-2025-03-01"}).status_code == 302
    near = given | {"dispensed_on": "03/02/2025"}
    assert staff.post(url(plan, "supply/add/"), near).status_code == 302
