"""A dose as needed at check-ins and in the supply: said beside the daily doses, and no shortfall once it is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

from taperplanner.doses import Quantity, parse_dose
from taperplanner.monitoring.chart.from_rows import chart_facts
from taperplanner.monitoring.chart.page import chart_of
from taperplanner.monitoring.check_ins.lines import check_in_line, check_in_parts
from taperplanner.monitoring.models import CheckIn
from taperplanner.monitoring.supply.as_needed import Said, counted, needs_with_most
from taperplanner.monitoring.supply.balance import Count, Fill, SupplyEvent, balance_of
from taperplanner.monitoring.supply.lines import supply_of
from taperplanner.monitoring.supply.needs import Span, needs_of
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan
from taperplanner.tapers.schedule.as_needed import AsNeeded

from ..world.course import check_in, count_at_home, record_dispensing_of, words_of
from ..world.needed import REASONS, signed_with_needed, with_needed
from ..world.plan_pages import inputs_of, plan_url
from ..world.plans import TODAY, open_plan, sign_plan
from ..world.shapes import SHAPES
from ..world.universe import Universe
from .test_books import START, events_, two_versions

MARCH_12 = datetime(2026, 3, 12, 16, tzinfo=UTC)
TOOK = {
    "as_needed_answer": "taken",
    "as_needed_times": "3",
    "as_needed_counted": "in_all",
    "as_needed_from": "03/01/2026",
    "as_needed_to": "03/02/2026",
}


def add(plan: Plan) -> str:
    return plan_url(plan, "check-ins/add/")


@pytest.fixture
def needed_plan(universe: Universe) -> Plan:
    return signed_with_needed(universe.ours).plan


# --- Check-ins --------------------------------------------------------------------------------


def test_a_plan_without_one_is_not_asked_about_it(plan: Plan, staff: Client) -> None:
    assert "as_needed_times" not in inputs_of(staff.get(add(plan)).content.decode())


def test_what_was_not_asked_is_not_taken(plan: Plan, staff: Client) -> None:
    staff.post(add(plan), {"happened_on": "03/02/2026", "contact": "phone"} | TOOK)
    row = CheckIn.objects.get()
    assert (row.as_needed_answer, row.as_needed_times, row.as_needed_from) == ("", None, None)


def test_what_was_typed_where_it_was_asked_is_kept_though_the_plan_would_not_ask_it_any_more(
    plan: Plan, staff: Client
) -> None:
    asked = {"as_needed_was_asked": "True"}
    staff.post(add(plan), {"happened_on": "03/02/2026", "contact": "phone"} | TOOK | asked)
    assert CheckIn.objects.get().as_needed_times == 3


def test_what_was_taken_of_it_is_asked_with_nothing_filled_in(needed_plan: Plan, staff: Client) -> None:
    page = staff.get(add(needed_plan)).content.decode()
    assert {
        name: inputs_of(page)[name] for name in ("as_needed_times", "as_needed_from", "as_needed_to")
    } == {
        "as_needed_times": "",
        "as_needed_from": "",
        "as_needed_to": "",
    }
    assert "It is never added to them." in page
    assert inputs_of(page)["as_needed_was_asked"] == "True"


def test_what_was_taken_is_recorded_beside_the_daily_doses(needed_plan: Plan, staff: Client) -> None:
    staff.post(add(needed_plan), {"happened_on": "03/02/2026", "contact": "phone"} | TOOK)
    row = CheckIn.objects.get()
    said = "taken 3 times in all, Sun, Mar 1, 2026 to Mon, Mar 2, 2026"
    [part] = [part for part in check_in_parts(row) if part.title.startswith("What was really taken")]
    assert part.pairs == (("As needed, beside the daily doses", said),)
    assert f"as needed {said}" in check_in_line(row).facts
    assert not row.runs.exists()
    for rest in ("check-ins/1/", "progress/", "summary/"):
        assert said in words_of(staff.get(plan_url(needed_plan, rest)))


def test_the_chart_says_it_in_words_and_its_line_does_not_rise(needed_plan: Plan, universe: Universe) -> None:
    check_in(
        needed_plan, universe.ours, as_needed_answer="taken", as_needed_times=2, as_needed_counted="each_day",
        as_needed_from=TODAY, as_needed_to=TODAY,
    )  # fmt: skip
    chart = chart_of(chart_facts(universe.ours.clinic, [needed_plan], today=TODAY))
    assert "As needed taken 2 times on each day, Mon, Mar 2, 2026." in chart.description
    assert "No dose has been reported as taken." in chart.description


@pytest.mark.parametrize(
    ("answer", "pairs"), [("", []), ("none", [("As needed", "none was taken")])], ids=["not asked", "none"]
)
def test_not_asked_and_none_are_two_things(
    needed_plan: Plan, universe: Universe, answer: str, pairs: list[tuple[str, str]]
) -> None:
    row = check_in(needed_plan, universe.ours, as_needed_answer=answer)
    assert [pair for part in check_in_parts(row) for pair in part.pairs] == pairs


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"as_needed_times": ""}, "Enter how many times it was taken."),
        ({"as_needed_times": "0"}, "Enter how many times as a whole number."),
        ({"as_needed_times": "twice"}, "Enter how many times as a whole number."),
        ({"as_needed_counted": ""}, "Choose whether this is of each day"),
        ({"as_needed_from": ""}, "Enter the first of these days."),
        ({"as_needed_to": ""}, "Enter the last of these days."),
        ({"as_needed_from": "03/02/2026", "as_needed_to": "03/01/2026"}, "The last day is before the first."),
        ({"as_needed_answer": "none"}, "Choose that it was taken, or clear this."),
        ({"as_needed_answer": ""}, "Choose that it was taken, or clear this."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_said_and_nothing_is_kept(
    needed_plan: Plan, staff: Client, changed: dict[str, str], says: str
) -> None:
    answer = staff.post(add(needed_plan), {"happened_on": "03/02/2026", "contact": "phone"} | TOOK | changed)
    assert says in words_of(answer)
    assert not CheckIn.objects.exists()


def test_a_correction_shows_what_was_recorded_of_it(needed_plan: Plan, staff: Client) -> None:
    staff.post(add(needed_plan), {"happened_on": "03/02/2026", "contact": "phone"} | TOOK)
    page = staff.get(plan_url(needed_plan, "check-ins/1/correct/")).content.decode()
    assert inputs_of(page)["as_needed_times"] == "3"
    assert inputs_of(page)["as_needed_from"] == "03/01/2026"


# --- Supply -----------------------------------------------------------------------------------


@pytest.fixture
def one_a_day(universe: Universe) -> Plan:
    """One 0.5 mg tablet a day, of which 60 were dispensed, and at most twice a day half of one as needed."""
    draft = with_needed(TypedDraft("03/02/2026", "stop", (TypedStep("60", "0.5", "", {"bedtime-2": "1"}),)))
    plan = sign_plan(open_plan(universe.ours), universe.ours, draft, reasons=REASONS).plan
    record_dispensing_of(plan, universe.ours, "60", product=2)
    return plan


@pytest.fixture
def on_the_12th(universe: Universe, time_machine: TimeMachineFixture) -> Client:
    time_machine.move_to(MARCH_12, tick=False)
    universe.clients.clear()
    return universe.client_of(universe.ours.staff)


def test_supply_says_both_without_it_and_with_it(one_a_day: Plan, on_the_12th: Client) -> None:
    page = words_of(on_the_12th.get(plan_url(one_a_day, "progress/")))
    for text in (
        "What should be left lasts to the end of the signed schedule.",
        "With the dose as needed as often as it may be taken, the first day without enough: Wednesday, April 1, 2026.",
        "Should be left this morning 50 tablets",
        "Left, had the dose as needed been taken as often as it may be 40 tablets",
    ):
        assert text in page


@pytest.mark.parametrize(
    ("left", "says"),
    [
        ("49", "The count is as expected."),
        ("45", "4 tablets fewer than the steps leave: no more than the dose as needed explains."),
        ("38", "11 tablets fewer than the steps leave: no more than the dose as needed explains."),
        ("37", "1 tablet fewer than should be left, the dose as needed allowed for."),
    ],
)
def test_a_used_dose_as_needed_is_no_shortfall_and_only_what_is_beyond_it_is(
    universe: Universe, one_a_day: Plan, on_the_12th: Client, left: str, says: str
) -> None:
    """From March 2 to 12 it may be taken on eleven days: eleven tablets."""
    count_at_home(one_a_day, universe.ours, left, day=date(2026, 3, 12), at=MARCH_12, product=2)
    page = words_of(on_the_12th.get(plan_url(one_a_day, "progress/")))
    assert says in page
    is_short = "fewer than should be left" in says
    worklist = words_of(on_the_12th.get("/"))
    assert ("fewer than should be left" in worklist) is is_short


def test_more_than_it_allows_is_no_shortfall_where_the_patient_said_so(
    universe: Universe, one_a_day: Plan, on_the_12th: Client
) -> None:
    check_in(
        one_a_day, universe.ours, happened_on=date(2026, 3, 12), at=MARCH_12, as_needed_answer="taken",
        as_needed_times=30, as_needed_counted="in_all",
        as_needed_from=date(2026, 3, 2), as_needed_to=date(2026, 3, 12),
    )  # fmt: skip
    count_at_home(one_a_day, universe.ours, "34", day=date(2026, 3, 12), at=MARCH_12, product=2)
    [line] = supply_of(one_a_day, today=date(2026, 3, 12), next_contact=None).products
    assert line.shortfall == ""


def test_it_runs_out_on_the_worklist_too_when_it_is_taken_as_often_as_it_may_be(
    universe: Universe, one_a_day: Plan, on_the_12th: Client
) -> None:
    count_at_home(one_a_day, universe.ours, "10", day=date(2026, 3, 12), at=MARCH_12, product=2)
    page = words_of(on_the_12th.get("/"))
    assert "with the dose as needed as often as it may be taken" in page


def test_each_day_and_in_all_are_counted_on_their_days() -> None:
    each = Said(TODAY, TODAY + timedelta(days=4), Quantity(500), is_each_day=True)
    assert each.between(TODAY, TODAY + timedelta(days=2)) == Quantity(1000)
    assert each.between(TODAY - timedelta(days=9), TODAY + timedelta(days=99)) == Quantity(2500)
    in_all = replace(each, is_each_day=False)
    assert in_all.between(TODAY, TODAY + timedelta(days=3)) == Quantity(0)
    assert in_all.between(TODAY, TODAY + timedelta(days=4)) == Quantity(500)


def beside(spans: list[Span], times: int) -> list[Span]:
    needed = AsNeeded(1, Quantity(500), parse_dose("0.25"), times, "For a panic attack")
    return [(replace(schedule, as_needed=needed), first, last) for schedule, first, last in spans]


@given(spans=two_versions(), events=events_, today=st.integers(-10, 200), times=st.integers(1, 4))
def test_it_changes_nothing_of_what_the_steps_take_and_only_lowers_what_is_missing(
    spans: list[Span], events: list[SupplyEvent], today: int, times: int
) -> None:
    day = max(START + timedelta(days=today), *(event.day for event in events))
    without = balance_of(needs_of(spans, 1), events, day)
    balance, most = counted(beside(spans, times), 1, events, day)
    assert most is not None
    assert needs_of(beside(spans, times), 1) == needs_of(spans, 1)
    assert (balance.past, balance.short_on, balance.left) == (without.past, without.short_on, without.left)
    assert most.balance.left <= balance.left
    if balance.short_on:
        assert most.balance.short_on is not None
        assert most.balance.short_on <= balance.short_on
    for one, plain in zip(balance.compared, without.compared, strict=True):
        assert (one.count, one.least, one.most) == (plain.count, plain.least, plain.most)
        assert one.missing <= plain.missing
        assert one.too_many == plain.too_many


@given(
    spans=two_versions(), days=st.integers(1, 60), used=st.lists(st.integers(0, 3), min_size=60, max_size=60)
)
def test_whoever_takes_the_steps_and_no_more_than_it_allows_is_never_short(
    spans: list[Span], days: int, used: list[int]
) -> None:
    """Plenty is dispensed; each day what the steps say, and up to three times half a tablet."""
    plenty = 1_000_000
    counted_on = START + timedelta(days=days)
    needs = needs_of(spans, 1)
    left = plenty
    for at in range(days):
        day = START + timedelta(days=at)
        left -= sum(need.on(day).thousandths for need in needs if need.covers(day))
        left -= used[at] * 500 if _may_be_taken(spans, day) else 0
    events = [Fill(START, Quantity(plenty)), Count(counted_on, Quantity(left), 1)]
    balance, _ = counted(beside(spans, 3), 1, events, counted_on)
    assert [one.missing for one in balance.compared] == [Quantity(0)]


def _may_be_taken(spans: list[Span], day: date) -> bool:
    return any(
        schedule.as_needed_on(day) is not None
        for schedule, first, last in beside(spans, 3)
        if first <= day and (last is None or day <= last)
    )


def test_a_version_without_one_has_no_second_figure() -> None:
    assert needs_with_most([(SHAPES["halves"], TODAY, None)], 2) is None
