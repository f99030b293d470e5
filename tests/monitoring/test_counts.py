"""A count at home: beside the balance, in their place from its day on, and on the worklist when it is short."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.audit.models import Event
from taperplanner.doses import Quantity
from taperplanner.monitoring.check_ins.actions import correct_check_in
from taperplanner.monitoring.models import HomeCount
from taperplanner.monitoring.supply import actions
from taperplanner.monitoring.supply.lines import supply_of
from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.models import Plan

from ..world.course import check_in, check_in_details, count_at_home, record_dispensing_of, words_of
from ..world.people import build_patient
from ..world.plan_pages import plan_url
from ..world.plans import open_plan, sign_plan
from ..world.universe import NOW, House, Universe

NOVEMBER_1 = datetime(2026, 11, 1, 15, tzinfo=UTC)
BELOW = "Counts at home lower than expected"


def day(number: int) -> date:
    return date(2026, 11, number)


def at(number: int) -> datetime:
    return NOVEMBER_1 + timedelta(days=number - 1)


@pytest.fixture
def one_a_day(universe: Universe) -> Plan:
    """One half-milligram tablet a day from November 1, of which 28 were dispensed."""
    steps = (TypedStep("60", "0.5", "", {"bedtime-2": "1"}),)
    draft = TypedDraft("11/01/2026", "stop", steps)
    plan = sign_plan(open_plan(universe.ours), universe.ours, draft, at=NOVEMBER_1).plan
    record_dispensing_of(plan, universe.ours, "28", day=day(1), at=NOVEMBER_1)
    return plan


@pytest.fixture
def on_the_8th(universe: Universe, time_machine: TimeMachineFixture) -> Client:
    time_machine.move_to(at(8), tick=False)
    universe.clients.clear()
    return universe.client_of(universe.ours.staff)


def counted(**changed: str) -> dict[str, str]:
    return {"product": "2", "counted_on": "11/08/2026", "moment": "before", "left": "2"} | changed


def test_2_left_of_28_after_7_days_never_lasts_to_the_end(
    universe: Universe, one_a_day: Plan, on_the_8th: Client
) -> None:
    assert on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted()).status_code == 302
    page = words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert "First day without enough: Tuesday, November 10, 2026." in page
    assert "lasts to the end" not in page
    assert "Should be left: 21 tablets that morning, 20 tablets after that day’s doses." in page
    assert "18 tablets fewer than should be left" in page
    assert "Counted at home on Sun, Nov 8, 2026 2 tablets" in page
    assert "Should be left this morning 2 tablets" in page
    worklist = words_of(on_the_8th.get("/"))
    assert f"{BELOW} (1)" in worklist
    assert (
        "clonazepam 0.5 mg tablet: 18 tablets fewer than should be left, counted on Sun, Nov 8, 2026"
        in worklist
    )
    assert "Tuesday, November 10, 2026 First day without enough of" in worklist


def test_what_is_left_at_a_check_in_counts_the_same(
    universe: Universe, one_a_day: Plan, on_the_8th: Client
) -> None:
    check_in(one_a_day, universe.ours, happened_on=day(8), left={2: Quantity(2000)}, at=at(8))
    page = words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert "First day without enough: Tuesday, November 10, 2026." in page
    assert "18 tablets fewer than should be left" in page
    assert "From check-in 1" in page
    assert f"{BELOW} (1)" in words_of(on_the_8th.get("/"))


def test_a_count_after_that_days_doses_leaves_them_out(
    universe: Universe, one_a_day: Plan, on_the_8th: Client
) -> None:
    on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted(moment="after"))
    page = words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert "First day without enough: Wednesday, November 11, 2026." in page
    assert "Should be left after today’s doses 2 tablets" in page
    assert "Should be left: 20 tablets. 18 tablets fewer than should be left." in page


@pytest.mark.parametrize(("left", "moment"), [("21", "before"), ("20", "before"), ("20", "after")], ids=str)
def test_a_count_that_agrees_says_so(one_a_day: Plan, on_the_8th: Client, left: str, moment: str) -> None:
    """Whether the day's dose was taken may not be known: one that may have been taken is not missing."""
    on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted(left=left, moment=moment))
    assert "The count is as expected." in words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert f"{BELOW} (0)" not in words_of(on_the_8th.get("/"))
    assert "fewer than should be left" not in words_of(on_the_8th.get("/"))


def test_too_many_are_said_and_are_no_shortfall(one_a_day: Plan, on_the_8th: Client) -> None:
    on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted(left="25.5"))
    assert "4½ tablets more than should be left." in words_of(
        on_the_8th.get(plan_url(one_a_day, "progress/"))
    )
    assert "fewer than should be left" not in words_of(on_the_8th.get("/"))


def test_what_is_known_to_be_gone_is_not_missing_and_not_left(one_a_day: Plan, on_the_8th: Client) -> None:
    gone = counted(left="9", lost="10", destroyed="2", reason="Fell into the sink")
    assert on_the_8th.post(plan_url(one_a_day, "supply/count/"), gone).status_code == 302
    page = words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert "10 tablets lost, 2 tablets destroyed: Fell into the sink" in page
    assert "The count is as expected." in page
    assert "First day without enough: Tuesday, November 17, 2026." in page


def test_a_shortfall_stays_on_the_worklist_until_somebody_says_what_came_of_it(
    universe: Universe, one_a_day: Plan, on_the_8th: Client, time_machine: TimeMachineFixture
) -> None:
    """A later count that agrees with the first explains nothing."""
    count_at_home(one_a_day, universe.ours, "12", day=day(7), at=at(7))
    count_at_home(one_a_day, universe.ours, "11", day=day(8), at=at(8))
    assert "9 tablets fewer than should be left, counted on Sat, Nov 7, 2026" in words_of(on_the_8th.get("/"))
    address = plan_url(one_a_day, "supply/products/2/shortfall/")
    assert "Write an explanation." in words_of(on_the_8th.post(address, {}))
    assert on_the_8th.post(address, {"text": "He kept some at work"}).status_code == 302
    assert "fewer than should be left" not in words_of(on_the_8th.get("/"))
    page = words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert "He kept some at work (Sam Staff, RN)" in page
    assert "9 tablets fewer than should be left" in page
    event = Event.objects.get(action="supply.shortfall_explained")
    assert (event.subject, event.details) == ("plan 1", {})
    count_at_home(one_a_day, universe.ours, "2", day=day(8), at=at(8) + timedelta(minutes=1))
    assert "8 tablets fewer than should be left" in words_of(on_the_8th.get("/"))


def test_a_refill_on_the_day_of_a_count_comes_on_top_when_it_was_written_after_it(
    one_a_day: Plan, on_the_8th: Client, time_machine: TimeMachineFixture
) -> None:
    """And is in the count when it was written before it. Either way it is asked."""
    given = {"product": "2", "quantity": "10", "dispensed_on": "11/08/2026"}
    on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted())
    asked = words_of(on_the_8th.post(plan_url(one_a_day, "supply/add/"), given))
    assert "was counted at home on November 8, 2026 already. What you record now is added" in asked
    time_machine.shift(60)
    sure = given | {"sure": "on_top-2026-11-08|2|10000"}
    assert on_the_8th.post(plan_url(one_a_day, "supply/add/"), sure).status_code == 302
    page = words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert "Dispensed since then 10 tablets" in page
    assert "First day without enough: Friday, November 20, 2026." in page
    asked = words_of(on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted(left="11")))
    assert "A count recorded after it includes it." in asked
    time_machine.shift(60)
    sure = counted(left="11", sure="in_it-2026-11-08|2|11000")
    assert on_the_8th.post(plan_url(one_a_day, "supply/count/"), sure).status_code == 302
    page = words_of(on_the_8th.get(plan_url(one_a_day, "progress/")))
    assert "First day without enough: Thursday, November 19, 2026." in page


def test_a_correction_keeps_the_place_of_what_it_corrects(universe: Universe, one_a_day: Plan) -> None:
    """Written before the count, corrected after it: still in the count, so never counted twice."""
    refill = record_dispensing_of(one_a_day, universe.ours, "14", day=day(8), at=at(8))
    count_at_home(one_a_day, universe.ours, "34", day=day(8), at=at(8) + timedelta(hours=1))
    actions.correct_dispensing(
        dispensing=refill,
        details=actions.DispensingDetails(refill.product, Quantity(13_000), day(8)),
        why="One fewer",
        by=universe.ours.staff,
        at=at(8) + timedelta(hours=2),
    )
    line = supply_of(one_a_day, today=day(8), next_contact=None)
    assert "The count is as expected." in line.counts[0].beside
    assert dict(line.products[0].facts)["Should be left this morning"] == "34 tablets"


def test_a_corrected_check_in_counts_as_corrected(universe: Universe, one_a_day: Plan) -> None:
    old = check_in(one_a_day, universe.ours, happened_on=day(8), left={2: Quantity(2000)}, at=at(8))
    record_dispensing_of(one_a_day, universe.ours, "14", day=day(8), at=at(8) + timedelta(hours=1))
    correct_check_in(
        check_in=old,
        details=check_in_details(happened_on=day(8), left={2: Quantity(20_000)}),
        why="A digit was lost",
        by=universe.ours.staff,
        at=at(8) + timedelta(hours=2),
    )
    line = supply_of(one_a_day, today=day(8), next_contact=None)
    assert [count.amount for count in line.counts] == ["20 tablets"]
    assert dict(line.products[0].facts)["Should be left this morning"] == "34 tablets"


def test_a_count_alone_is_something_to_count_from(universe: Universe, plan: Plan, staff: Client) -> None:
    count_at_home(plan, universe.ours, "6", product=1)
    page = words_of(staff.get(plan_url(plan, "progress/")))
    assert "First day without enough: Thursday, March 5, 2026." in page
    assert "Should be left: " not in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"left": ""}, "Enter how much was left."),
        (
            {"left": "2.25"},
            "is split into halves and no smaller, so only whole and half tablets can be counted",
        ),
        ({"product": "1", "left": "0.5"}, "is not split, so only whole tablets can be counted"),
        ({"lost": "0.3", "reason": "Lost"}, "only whole and half tablets can be counted"),
        ({"lost": "1"}, "Write how it was lost, returned or destroyed."),
        ({"moment": ""}, "Choose whether that day’s doses were taken"),
        ({"product": ""}, "Choose the product."),
        ({"counted_on": "11/09/2026"}, "This is after today"),
        (
            {"counted_on": "11/01/2024"},
            "Friday, November 1, 2024 is 1 year and 4 months before this plan was opened",
        ),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_count_is_said(
    one_a_day: Plan, on_the_8th: Client, changed: dict[str, str], says: str
) -> None:
    assert says in words_of(on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted(**changed)))
    assert not HomeCount.objects.exists()


def test_a_check_in_refuses_a_part_that_cannot_be_counted(one_a_day: Plan, on_the_8th: Client) -> None:
    sent = {"happened_on": "11/08/2026", "contact": "phone", "rows": "3", "left_1": "1.5", "left_2": "1.5"}
    page = words_of(on_the_8th.post(plan_url(one_a_day, "check-ins/add/"), sent))
    assert "clonazepam 1 mg tablet is not split, so only whole tablets can be counted" in page
    assert "clonazepam 0.5 mg tablet is split" not in page


def test_the_same_count_again_is_asked(one_a_day: Plan, on_the_8th: Client) -> None:
    on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted())
    asked = words_of(on_the_8th.post(plan_url(one_a_day, "supply/count/"), counted()))
    assert "Again 2 tablets on November 8, 2026?" in asked
    assert HomeCount.objects.count() == 1


def test_the_action_checks_for_itself(universe: Universe, one_a_day: Plan) -> None:
    def details(**given: Any) -> actions.CountDetails:
        product = one_a_day.products.get(number=2)
        values = {"product": product, "counted_on": day(8), "is_after_doses": False, "left": Quantity(2000)}
        return actions.CountDetails(**(values | given))

    other = open_plan(universe.ours, build_patient(universe.ours)).products.get(number=2)
    for given, says in (
        ({"product": other}, "product of this plan"),
        ({"left": Quantity(250)}, "halves and no smaller"),
        ({"lost": Quantity(1000)}, "how it was lost"),
    ):
        with pytest.raises(actions.CannotRecordCount, match=says):
            actions.record_count(plan=one_a_day, details=details(**given), by=universe.ours.staff, at=NOW)
    with pytest.raises(actions.CannotExplainShortfall, match="an explanation"):
        actions.explain_shortfall(product=other, text="", by=universe.ours.staff, at=NOW)
    archive(one_a_day, universe.ours)
    with pytest.raises(actions.CannotRecordCount, match="archived"):
        actions.record_count(plan=one_a_day, details=details(), by=universe.ours.staff, at=NOW)


@pytest.mark.parametrize(
    "broken", [{"left_thousandths": -1}, {"lost_thousandths": 1000}, {"number": 1}], ids=str
)
def test_the_database_refuses_what_is_no_count(
    universe: Universe, one_a_day: Plan, broken: dict[str, Any]
) -> None:
    row = count_at_home(one_a_day, universe.ours, "2")
    values = {
        "plan": one_a_day,
        "number": 9,
        "product": row.product,
        "counted_on": day(8),
        "is_after_doses": False,
        "left_thousandths": 1000,
        "recorded_by": universe.ours.staff,
        "recorded_by_name": "x",
        "recorded_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        HomeCount.objects.create(**(values | broken))


def archive(plan: Plan, house: House) -> None:
    patient = plan.patient
    archive_patient(patient=patient, reason="Moved", revision=patient.revision, by=house.provider, at=NOW)
